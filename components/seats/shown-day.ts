import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import { type Month, monthOf, periodOfMonth } from "@/lib/domain/month";

/** The day that a month's page tells about: today while it runs, else its last day. */
export function shownDay(month: Month, today: CalendarDate): CalendarDate {
  return month === monthOf(today) ? today : addDays(periodOfMonth(month).end, -1);
}
