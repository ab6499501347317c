import { queryOptions } from "@tanstack/react-query";

import type { Account } from "@/lib/account/schema";
import { getJson } from "@/lib/http/fetch";

export const ACCOUNT_PATH = "/api/v1/account";
export const OWN_PASSWORD_PATH = "/api/v1/account/password";
export const PROOF_PATH = "/api/v1/session/proof";
export const PROVIDER_PROOF_PATH = "/api/v1/session/provider-proof";

export const accountQuery = () =>
  queryOptions({
    queryKey: ["account"],
    queryFn: ({ signal }) => getJson<Account>(ACCOUNT_PATH, signal),
  });
