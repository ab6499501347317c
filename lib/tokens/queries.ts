import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { ApiToken } from "@/lib/tokens/schema";

export const TOKENS_PATH = "/api/v1/tokens";

export const tokensQuery = () =>
  queryOptions({
    queryKey: ["tokens"],
    queryFn: async ({ signal }) => (await getJson<Page<ApiToken>>(TOKENS_PATH, signal)).data,
  });
