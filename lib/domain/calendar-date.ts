import { invariant } from "./errors";

/**
 * A day of the Gregorian calendar as `2026-03-15`, without a time zone. Text compares in time order, so `<` and
 * `localeCompare` work on it.
 */
export type CalendarDate = string;

/** The days that the books know: 2000-01-01 to 2100-12-31. */
export const DATE_MIN: CalendarDate = "2000-01-01";
export const DATE_MAX: CalendarDate = "2100-12-31";

const MILLISECONDS_PER_DAY = 86_400_000;

/** Whether `text` is a day that exists, between 2000 and 2100. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < DATE_MIN || text > DATE_MAX) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days since 1970-01-01; the difference of two is the number of days between them. */
export function dayNumber(date: CalendarDate): number {
  const number = Date.parse(`${date}T00:00:00Z`) / MILLISECONDS_PER_DAY;
  invariant(Number.isSafeInteger(number), `"${date}" is a calendar date`);
  return number;
}

/** The inverse of `dayNumber`. */
export function dateOfDayNumber(day: number): CalendarDate {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/**
 * The same day of the month `months` later, or that month's last day when it is shorter: 31 January plus one month
 * is 28 or 29 February, plus two is 31 March (so always count from the anchor, never from the last result).
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(Number(date.slice(8, 10)), lastDay);
  return `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The calendar day of an instant in UTC, as the providers count. */
export function utcDateOf(instant: Date): CalendarDate {
  return instant.toISOString().slice(0, 10);
}
