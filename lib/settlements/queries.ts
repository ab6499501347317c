import { queryOptions } from "@tanstack/react-query";

import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Settlement } from "@/lib/settlements/schema";

export const SETTLEMENTS_PATH = "/api/v1/settlements";
export const settlementVoidPath = (id: string) => `${SETTLEMENTS_PATH}/${id}/void`;

/** What was paid for an invoice. */
export const settlementsQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: ["settlements", invoiceId],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        getJson<Page<Settlement>>(`${SETTLEMENTS_PATH}?${pageParams(page)}&invoiceId=${invoiceId}`, signal),
      ),
  });
