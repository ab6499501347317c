import ical, { ICalCalendarMethod } from "ical-generator";

import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";

/** A whole day of a calendar. */
export type CalendarDay = {
  /** The same for the same thing, so that a program knows it again. */
  readonly id: string;
  readonly date: CalendarDate;
  readonly title: string;
  readonly text: string;
};

/** How often a program should read it anew. */
const HOURS = 6;

/** An iCalendar file (RFC 5545) of whole days, made at an instant. */
export function calendarText(name: string, days: readonly CalendarDay[], madeAt: Date): string {
  const calendar = ical({
    name,
    prodId: { company: "Twoline", product: "Renewals" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: HOURS * 60 * 60,
  });
  for (const { id, date, title, text } of days) {
    calendar.createEvent({
      id: `${id}@twoline`,
      start: midnight(date),
      end: midnight(addDays(date, 1)),
      allDay: true,
      timezone: "UTC",
      stamp: madeAt,
      summary: title,
      description: text,
    });
  }
  return calendar.toString();
}

const midnight = (date: CalendarDate): Date => new Date(`${date}T00:00:00Z`);
