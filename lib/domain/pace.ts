import type { CalendarDate } from "./calendar-date";
import { divideHalfEven } from "./money";
import { daysIn, intersect, type Period } from "./period";

/** How much of a budget is used, and how much of its time is over; both in whole percent. */
export type Pace = {
  /** Null where there is nothing to use. */
  readonly usedPercent: number | null;
  readonly passedPercent: number;
};

/**
 * The share of a budget that was used beside the share of its period that is over, today included.
 *
 * @example 620.00 of 1,000.00 used on 15 June: 62 % used, 50 % of the month passed
 */
export function paceOf(
  { budgetedMinor, actualMinor }: { readonly budgetedMinor: number; readonly actualMinor: number },
  period: Period,
  today: CalendarDate,
): Pace {
  const passed =
    daysIn(intersect(period, { start: period.start, end: today })) + (isWithin(period, today) ? 1 : 0);
  return {
    usedPercent: budgetedMinor > 0 ? percent(actualMinor, budgetedMinor) : null,
    passedPercent: percent(passed, daysIn(period)),
  };
}

const isWithin = ({ start, end }: Period, day: CalendarDate): boolean => start <= day && day < end;

const percent = (part: number, whole: number): number => divideHalfEven(BigInt(part) * 100n, BigInt(whole));
