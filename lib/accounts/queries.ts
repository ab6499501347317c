import { queryOptions } from "@tanstack/react-query";

import type { Account, Classification } from "@/lib/accounts/schema";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";

export const accountsQuery = () =>
  queryOptions({
    queryKey: ["accounts"],
    queryFn: ({ signal }) => getJson<Page<Account>>("/api/v1/api-accounts?limit=200", signal),
  });

export const classificationsQuery = (id: string) =>
  queryOptions({
    queryKey: ["accounts", id, "classifications"],
    queryFn: ({ signal }) =>
      getJson<Page<Classification>>(`/api/v1/api-accounts/${id}/classifications`, signal),
  });
