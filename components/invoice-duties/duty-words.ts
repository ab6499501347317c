import type { InvoiceDuty } from "@/lib/invoice-duties/schema";

export const MONTHS_LATER = ["of the month itself", "of the month after"] as const;

/** Who enters the invoice of a contract, and until which day. */
export function dutyText({ responsible, dueDay, monthsLater }: InvoiceDuty): string {
  if (!responsible) return "Nobody in particular";
  return `${responsible.name}, by day ${dueDay} ${MONTHS_LATER[monthsLater ?? 0] ?? ""}`;
}
