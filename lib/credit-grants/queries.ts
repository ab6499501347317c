import { queryOptions } from "@tanstack/react-query";

import type { CreditChargeChoice, CreditGrant } from "@/lib/credit-grants/schema";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";

export const CREDIT_GRANTS_PATH = "/api/v1/credit-grants";
export const creditGrantPath = (id: string) => `${CREDIT_GRANTS_PATH}/${id}`;
export const voidGrantPath = (id: string) => `${creditGrantPath(id)}/void`;

/** Every credit with where it stands, the last entered first. */
export const creditGrantsQuery = () =>
  queryOptions({
    queryKey: ["credit-grants", "list"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<CreditGrant>>(`${CREDIT_GRANTS_PATH}?${pageParams(page)}`, signal)),
  });

/** The lines of a provider's invoices that a credit may have been bought with. */
export const creditChargesQuery = (serviceProviderId: string) =>
  queryOptions({
    queryKey: ["credit-grants", "charges", serviceProviderId],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        getJson<Page<CreditChargeChoice>>(
          `${CREDIT_GRANTS_PATH}/charges?${pageParams(page)}&serviceProviderId=${serviceProviderId}`,
          signal,
        ),
      ),
  });
