import { queryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { InvoiceDuty, InvoiceReminder } from "@/lib/invoice-duties/schema";

const DUTIES_PATH = "/api/v1/invoice-duties";
export const dutyPath = (contractId: string) => `${DUTIES_PATH}/${contractId}`;

export const dutiesQuery = () =>
  queryOptions({
    queryKey: ["invoice-duties"],
    queryFn: async ({ signal }) => (await getJson<Page<InvoiceDuty>>(DUTIES_PATH, signal)).data,
  });

/** What is late and not here yet. Its key begins like that of the expected, because it changes with it. */
export const remindersQuery = () =>
  queryOptions({
    queryKey: ["expected-invoices", "reminders"],
    queryFn: async ({ signal }) =>
      (await getJson<Page<InvoiceReminder>>("/api/v1/invoice-reminders", signal)).data,
  });
