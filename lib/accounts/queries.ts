import { queryOptions } from "@tanstack/react-query";

import type { Account, Classification } from "@/lib/accounts/schema";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";

export const ACCOUNTS_PATH = "/api/v1/api-accounts";
export const accountPath = (id: string) => `${ACCOUNTS_PATH}/${id}`;
export const classificationsPath = (id: string) => `${accountPath(id)}/classifications`;

/** Every API account, each after the one that it is below. */
export const accountsQuery = () =>
  queryOptions({
    queryKey: ["accounts"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Account>>(`${ACCOUNTS_PATH}?${pageParams(page)}`, signal)),
  });

export const classificationsQuery = (id: string) =>
  queryOptions({
    queryKey: ["accounts", id, "classifications"],
    queryFn: async ({ signal }) =>
      (await getJson<Page<Classification>>(classificationsPath(id), signal)).data,
  });
