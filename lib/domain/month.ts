import { addMonths, type CalendarDate, isCalendarDate } from "./calendar-date";
import type { Period } from "./period";

/** A calendar month as `2026-03`. Text compares in time order. */
export type Month = string;

/** Whether `text` is a month between 2000 and 2100. */
export function isMonth(text: string): text is Month {
  return /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
}

export function monthOf(date: CalendarDate): Month {
  return date.slice(0, 7);
}

export function firstDayOf(month: Month): CalendarDate {
  return `${month}-01`;
}

/** The month `count` months later (earlier when negative). */
export function shiftMonth(month: Month, count: number): Month {
  return monthOf(addMonths(firstDayOf(month), count));
}

/** The month's days: its first, to the next month's first (excluded). */
export function periodOfMonth(month: Month): Period {
  return { start: firstDayOf(month), end: firstDayOf(shiftMonth(month, 1)) };
}

/** Every month from `from` to `to`, both included; none when `to` is earlier. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const months: Month[] = [];
  // Counted, not compared as text, so that it ends also for what is no month.
  const count = monthNumber(to) - monthNumber(from) + 1;
  for (let index = 0; index < count; index++) months.push(shiftMonth(from, index));
  return months;
}

const monthNumber = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

/**
 * The first month of the fiscal year that `month` lies in.
 *
 * @param fiscalYearStart 1 to 12, the calendar month in which a fiscal year begins
 */
export function fiscalYearStartOf(month: Month, fiscalYearStart: number): Month {
  const monthNumber = Number(month.slice(5, 7));
  return shiftMonth(month, -((monthNumber - fiscalYearStart + 12) % 12));
}
