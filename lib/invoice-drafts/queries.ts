import { queryOptions } from "@tanstack/react-query";

import type { Month } from "@/lib/domain/month";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { InvoiceDraft } from "@/lib/invoice-drafts/schema";

export const INVOICE_DRAFTS_PATH = "/api/v1/invoice-drafts";
export const invoiceDraftPath = (id: string) => `${INVOICE_DRAFTS_PATH}/${id}`;

/** The drafts that were begun for a month, the last begun first. */
export const invoiceDraftsQuery = (month: Month) =>
  queryOptions({
    queryKey: ["invoice-drafts", month],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        getJson<Page<InvoiceDraft>>(`${INVOICE_DRAFTS_PATH}?month=${month}&${pageParams(page)}`, signal),
      ),
  });
