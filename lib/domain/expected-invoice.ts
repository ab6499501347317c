import { allocate } from "./allocate";
import { addMonths, type CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { ExpectedCharge } from "./expected-charges";
import { type Month, monthOf, periodOfMonth, shiftMonth } from "./month";
import { daysIn, intersect, type Period } from "./period";
import type { Uncovered } from "./seat-coverage";

/** A seat fee that a contract should bring and that no invoice has yet. */
export type ExpectedSeatFee = Pick<
  ExpectedCharge,
  "planId" | "kind" | "period" | "currency" | "unitPriceMinor"
> & {
  readonly seats: number;
  readonly amountMinor: number;
};

/** How far back a metered account must have been charged to be expected again. */
const MONTHS_REMEMBERED = 3;

/**
 * What is still to be invoiced of the charges that begin in a month. Of a row that is invoiced in part, the seats and
 * the amount that remain, by seat-days.
 *
 * @param rows a contract's expected charges with what invoices cover of them
 */
export function expectedSeatFees(rows: readonly Uncovered[], month: Month): ExpectedSeatFee[] {
  return rows.flatMap(({ expected, uncoveredSeatDays, coveredSeatDays }) => {
    const { planId, kind, period, currency, unitPriceMinor } = expected;
    const [uncovered, covered] = [sum(uncoveredSeatDays), sum(coveredSeatDays)];
    if (monthOf(period.start) !== month || uncovered === 0) return [];
    const [amountMinor = 0] = allocate(expected.amountMinor, [uncovered, covered]);
    if (amountMinor === 0) return [];
    // A seat that is invoiced for some of its days only is still one seat to be invoiced.
    const seats = Math.ceil(uncovered / daysIn(period));
    return [{ planId, kind, period, currency, unitPriceMinor, seats, amountMinor }];
  });
}

const sum = (days: ReadonlyMap<Month, number>): number =>
  [...days.values()].reduce((total, count) => total + count, 0);

/**
 * The day on which a seat invoice is likely issued: when its last line begins.
 *
 * @param fees at least one
 */
export const seatIssueDate = (fees: readonly ExpectedSeatFee[]): CalendarDate =>
  fees.reduce((latest, { period }) => (period.start > latest ? period.start : latest), "");

/** Metered use is invoiced when its month is over; in a running month, as of today. */
export function meteredIssueDate(month: Month, today: CalendarDate): CalendarDate {
  const after = periodOfMonth(month).end;
  return after < today ? after : today;
}

/** A currency and days that were charged on an account. */
export type Charged = { readonly period: Period; readonly currency: Currency };

/**
 * Whether a metered account should bring an invoice for a month: it was charged in one of the three months before,
 * and nothing is charged for this one.
 */
export function expectsMetered(charged: readonly Charged[], month: Month): boolean {
  const days = periodOfMonth(month);
  const before = { start: addMonths(days.start, -MONTHS_REMEMBERED), end: days.start };
  const touches = (wanted: Period) => charged.some(({ period }) => daysIn(intersect(period, wanted)) > 0);
  return touches(before) && !touches(days);
}

/** The first month whose charges `expectsMetered` looks at. */
export const firstMonthRemembered = (month: Month): Month => shiftMonth(month, -MONTHS_REMEMBERED);
