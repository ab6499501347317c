import { addDays, type CalendarDate } from "./calendar-date";
import type { Month } from "./month";
import type { Period } from "./period";

/** The months' English names, January first; their first three letters are the short form. */
export const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "October 2026" */
export function monthText(month: Month): string {
  return `${monthName(month)} ${month.slice(0, 4)}`;
}

/** "Oct", where the year is clear from the place. */
export function monthShortText(month: Month): string {
  return monthName(month).slice(0, 3);
}

/** "15 Oct 2026": the month in letters, so that nobody can read the day as the month. */
export function dateText(date: CalendarDate): string {
  return `${Number(date.slice(8, 10))} ${monthShortText(date)} ${date.slice(0, 4)}`;
}

/** "1 Oct 2026 – 31 Oct 2026": a period as its first and last day. */
export function periodText({ start, end }: Period): string {
  return `${dateText(start)} – ${dateText(addDays(end, -1))}`;
}

/** "23 Nov 2026, 08:26 UTC" from an RFC 3339 instant. */
export function instantText(instant: string): string {
  const utc = new Date(instant).toISOString();
  return `${dateText(utc.slice(0, 10))}, ${utc.slice(11, 16)} UTC`;
}

function monthName(date: Month | CalendarDate): string {
  return MONTH_NAMES[Number(date.slice(5, 7)) - 1] ?? date;
}
