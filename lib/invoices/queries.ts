import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { Month } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Invoice, InvoiceState, InvoiceSummary } from "@/lib/invoices/schema";

export const INVOICES_PATH = "/api/v1/invoices";
export const invoicePath = (id: string) => `${INVOICES_PATH}/${id}`;
export const invoiceVoidPath = (id: string) => `${invoicePath(id)}/void`;

/** What the list is narrowed to; empty fields narrow nothing. */
export type InvoiceSearch = {
  readonly month: Month | null;
  readonly text: string;
  readonly state: InvoiceState | null;
};

/** A search as the fields of the list's query string. */
export const invoiceParams = ({ month, text, state }: InvoiceSearch): Record<string, string> => ({
  ...(month !== null && { month }),
  ...(text !== "" && { text }),
  ...(state !== null && { state }),
});

export const invoicesQuery = (search: InvoiceSearch) =>
  infiniteQueryOptions({
    queryKey: ["invoices", "list", search],
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<InvoiceSummary>>(
        `${INVOICES_PATH}?${new URLSearchParams({ ...invoiceParams(search), ...(pageParam && { cursor: pageParam }) })}`,
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor,
  });

export const invoiceQuery = (id: string) =>
  queryOptions({
    queryKey: ["invoices", id],
    queryFn: ({ signal }) => getJson<Invoice>(invoicePath(id), signal),
  });
