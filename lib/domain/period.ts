import { type CalendarDate, dayNumber } from "./calendar-date";
import { type Month, monthOf, monthsBetween, periodOfMonth } from "./month";

/** A run of days: `start` is the first, `end` the day after the last. */
export type Period = { readonly start: CalendarDate; readonly end: CalendarDate };

/** How many days the period has; none when it ends where it starts or before. */
export function daysIn({ start, end }: Period): number {
  return Math.max(0, dayNumber(end) - dayNumber(start));
}

/** The days that two periods share; of zero length when they share none. */
export function intersect(a: Period, b: Period): Period {
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return { start, end: end > start ? end : start };
}

export function contains({ start, end }: Period, date: CalendarDate): boolean {
  return start <= date && date < end;
}

/** The part of the period in each month that it touches, in time order; never an empty part. */
export function byMonth(period: Period): { readonly month: Month; readonly part: Period }[] {
  if (daysIn(period) === 0) return [];
  return monthsBetween(monthOf(period.start), monthOf(period.end))
    .map((month) => ({ month, part: intersect(period, periodOfMonth(month)) }))
    .filter(({ part }) => daysIn(part) > 0);
}
