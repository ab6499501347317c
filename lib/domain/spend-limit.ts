import type { CalendarDate } from "./calendar-date";
import { type Currency, fractionDigits } from "./currency";
import { minorOfNano, nanoOfMinor } from "./decimal";
import type { CostOfDay } from "./forecast";
import { type Month, monthOf } from "./month";

/** A month's use of an API account beside the limit that its provider sets. */
export type SpendLimitForecast = {
  /** What the month comes to, used and expected, in whole minor units; rounded half to even once. */
  readonly monthMinor: number;
  /** What the limit leaves of it; negative when the limit does not suffice. */
  readonly leftMinor: number;
  /** The first day with which the limit is used up, in the past or to come; null when the month ends before. */
  readonly reachedOn: CalendarDate | null;
};

/**
 * Compares a month with a monthly spend limit. Providers stop an account at its limit, so the day matters more than the
 * sum.
 *
 * The service gives the metered days of the account that has the limit and of all below it before today, then the `days`
 * of their `MeteredForecast`, which begin with today.
 *
 * @param days used and expected ones, in any order; those of other months do not count
 * @param limitMinor in minor units of `currency`, in which the days are too
 */
export function againstSpendLimit(
  days: readonly CostOfDay[],
  { month, limitMinor, currency }: { month: Month; limitMinor: number; currency: Currency },
): SpendLimitForecast {
  const digits = fractionDigits(currency);
  const limitNano = nanoOfMinor(limitMinor, digits);
  let sumNano = 0n;
  let reachedOn: CalendarDate | null = null;
  const inMonth = days.filter(({ day }) => monthOf(day) === month);
  for (const { day, costNano } of inMonth.sort((a, b) => (a.day < b.day ? -1 : 1))) {
    sumNano += costNano;
    if (reachedOn === null && sumNano >= limitNano) reachedOn = day;
  }
  const monthMinor = minorOfNano(sumNano, digits);
  return { monthMinor, leftMinor: limitMinor - monthMinor, reachedOn };
}
