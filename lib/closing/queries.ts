import { queryOptions } from "@tanstack/react-query";

import type { Acceptance, AcceptedKind, Checklist, ClosablePeriod } from "@/lib/closing/schema";
import type { Month } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";
import { getJson, sendJson } from "@/lib/http/fetch";

const PERIODS_PATH = "/api/v1/periods";
const pathOf = (month: Month, what: string) => `${PERIODS_PATH}/${month}/${what}`;

export const periodsQuery = () =>
  queryOptions({
    queryKey: ["periods"],
    queryFn: ({ signal }) => getJson<Page<ClosablePeriod>>(PERIODS_PATH, signal),
  });

export const checklistQuery = (month: Month) =>
  queryOptions({
    queryKey: ["periods", month, "checklist"],
    queryFn: ({ signal }) => getJson<Checklist>(pathOf(month, "checklist"), signal),
  });

/** Where the bytes of a closing are. */
export const snapshotPath = (month: Month, closingId: string): string =>
  `${pathOf(month, "snapshot.csv")}?closingId=${closingId}`;

export const closeMonth = (month: Month): Promise<ClosablePeriod> =>
  sendJson(pathOf(month, "closure"), { method: "PUT", body: {} });

export const reopenMonth = (month: Month, reason: string): Promise<ClosablePeriod> =>
  sendJson(`${pathOf(month, "closure")}?${new URLSearchParams({ reason })}`, { method: "DELETE" });

export const acceptPoint = (
  month: Month,
  point: { readonly kind: AcceptedKind; readonly subjectId: string; readonly note: string },
): Promise<Acceptance> => sendJson(pathOf(month, "checklist/acceptances"), { method: "POST", body: point });

export const withdrawPoint = (month: Month, id: string): Promise<void> =>
  sendJson(pathOf(month, `checklist/acceptances/${id}`), { method: "DELETE" });

export const approveMonth = (month: Month): Promise<Checklist> =>
  sendJson(pathOf(month, "approval"), { method: "PUT", body: {} });

export const withdrawApproval = (month: Month): Promise<Checklist> =>
  sendJson(pathOf(month, "approval"), { method: "DELETE" });
