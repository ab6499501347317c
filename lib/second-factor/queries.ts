import { queryOptions } from "@tanstack/react-query";

import { getJson } from "@/lib/http/fetch";
import type { SecondFactor, SignInPolicy } from "@/lib/second-factor/schema";

export const SECOND_FACTOR_PATH = "/api/v1/account/second-factor";
export const SETUP_PATH = "/api/v1/account/second-factor/setup";
export const RECOVERY_CODES_PATH = "/api/v1/account/second-factor/recovery-codes";
export const SESSION_SECOND_FACTOR_PATH = "/api/v1/session/second-factor";
export const POLICY_PATH = "/api/v1/sign-in-policy";

export const secondFactorQuery = () =>
  queryOptions({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => getJson<SecondFactor>(SECOND_FACTOR_PATH, signal),
  });

export const policyQuery = () =>
  queryOptions({
    queryKey: ["sign-in-policy"],
    queryFn: ({ signal }) => getJson<SignInPolicy>(POLICY_PATH, signal),
  });
