import type { ClosablePeriod } from "@/lib/closing/schema";
import type { Month } from "@/lib/domain/month";

/** The month whose checklist is shown: the one of the address, or the next to be closed. */
export function monthAsked(asked: string | null, periods: readonly ClosablePeriod[]): Month | null {
  const open = periods.filter(({ state }) => state === "open");
  return (open.find(({ month }) => month === asked) ?? open.at(-1))?.month ?? null;
}

/** The last closed month, the only one that can be opened again. */
export const lastClosed = (periods: readonly ClosablePeriod[]): Month | null =>
  periods.find(({ state }) => state === "closed")?.month ?? null;
