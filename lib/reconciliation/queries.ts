import { queryOptions } from "@tanstack/react-query";

import type { Month } from "@/lib/domain/month";
import { getJson } from "@/lib/http/fetch";
import type { ReconciledRows, Reconciliation } from "@/lib/reconciliation/schema";

const RECONCILIATION_PATH = "/api/v1/reconciliation";
const contractPath = (month: Month, id: string) => `${RECONCILIATION_PATH}/${month}/contracts/${id}`;
export const acceptancePath = (month: Month, id: string) => `${contractPath(month, id)}/acceptance`;

/** What every contract of a month was foreseen to cost, was billed and paid, and why they differ. */
export const reconciliationQuery = (month: Month) =>
  queryOptions({
    queryKey: ["reconciliation", month],
    queryFn: ({ signal }) => getJson<Reconciliation>(`${RECONCILIATION_PATH}?month=${month}`, signal),
  });

/** One of them with the rows behind each side. */
export const reconciledContractQuery = (month: Month, id: string) =>
  queryOptions({
    queryKey: ["reconciliation", month, id],
    queryFn: ({ signal }) => getJson<ReconciledRows>(contractPath(month, id), signal),
  });
