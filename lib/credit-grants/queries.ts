import { queryOptions } from "@tanstack/react-query";

import type { CreditGrant } from "@/lib/credit-grants/schema";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";

export const CREDIT_GRANTS_PATH = "/api/v1/credit-grants";
export const creditGrantPath = (id: string) => `${CREDIT_GRANTS_PATH}/${id}`;
export const voidGrantPath = (id: string) => `${creditGrantPath(id)}/void`;

/** Every credit with where it stands, the last entered first. */
export const creditGrantsQuery = () =>
  queryOptions({
    queryKey: ["credit-grants"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<CreditGrant>>(`${CREDIT_GRANTS_PATH}?${pageParams(page)}`, signal)),
  });
