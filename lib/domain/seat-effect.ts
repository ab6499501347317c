import { addFractions, type Fraction, fraction } from "./allocate";
import { addMonths, type CalendarDate } from "./calendar-date";
import type { BillingInterval } from "./facts";
import { divideHalfEven } from "./money";
import { periodOfMonth } from "./month";
import { byMonth, daysIn, type Period } from "./period";

/** So many seats at a price for each billing interval. */
export type SeatPrice = {
  readonly seats: number;
  readonly unitPriceMinor: number;
  readonly billingInterval: BillingInterval;
};

/**
 * What seats cost over a period in which their number stays, by days: of each month, or of the year that begins with the
 * period. What a provider bills in it may fall on other days; a budget counts the days.
 *
 * @returns whole minor units, half to even
 */
export function seatCostMinor({ seats, unitPriceMinor, billingInterval }: SeatPrice, period: Period): number {
  const share = billingInterval === "month" ? monthsIn(period) : yearsIn(period);
  return divideHalfEven(BigInt(seats) * BigInt(unitPriceMinor) * share.numerator, share.denominator);
}

const monthsIn = (period: Period): Fraction =>
  byMonth(period)
    .map(({ month, part }) => fraction(daysIn(part), daysIn(periodOfMonth(month))))
    .reduce(addFractions, fraction(0, 1));

const yearsIn = (period: Period): Fraction =>
  fraction(daysIn(period), daysIn({ start: period.start, end: addMonths(period.start, MONTHS) }));

const MONTHS = 12;

/** From a day to the end of its year; no day of it when the day lies beyond. */
export const restOf = (from: CalendarDate, year: Period): Period => ({
  start: from > year.start ? from : year.start,
  end: from < year.end ? year.end : from,
});
