import { queryOptions } from "@tanstack/react-query";

import type { Month } from "@/lib/domain/month";
import type { ExpectedInvoices } from "@/lib/expected-invoices/schema";
import { getJson } from "@/lib/http/fetch";

export const expectedInvoicesQuery = (month: Month) =>
  queryOptions({
    queryKey: ["expected-invoices", month],
    queryFn: ({ signal }) => getJson<ExpectedInvoices>(`/api/v1/expected-invoices?month=${month}`, signal),
  });
