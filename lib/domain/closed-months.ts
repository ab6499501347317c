import { DomainError } from "./errors";
import { type Month, shiftMonth } from "./month";

/** The months that are closed, if any is. They close one after another, so the first open one follows the last of them. */
export type ClosedMonths = { readonly months: ReadonlySet<Month>; readonly firstOpen: Month } | null;

export function closedMonths(months: readonly Month[]): ClosedMonths {
  const last = months.toSorted().at(-1);
  return last === undefined ? null : { months: new Set(months), firstOpen: shiftMonth(last, 1) };
}

/** Where something counts that is of `month` and was learned today: there, or in the first open month. */
export function openMonthFor(month: Month, closed: ClosedMonths): Month {
  return closed?.months.has(month) ? closed.firstOpen : month;
}

/** What a change is told that would change closed months; it may be asked for again as a correction. */
export function periodClosed(months: readonly Month[], firstOpen: Month): DomainError {
  const named = months.length === 1 ? `${months[0]} is closed` : `${months.join(", ")} are closed`;
  const message = `${named}. Ask for a correction, and the difference counts in ${firstOpen}.`;
  return new DomainError("period_closed", message, { correction: { of: months, countsIn: firstOpen } });
}
