import type { CalendarDate } from "@/lib/domain/calendar-date";

/** A calendar day as Prisma takes it for a `date` column. */
export function toDbDate(date: CalendarDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** A `date` column as Prisma gives it, as a calendar day. */
export function fromDbDate(date: Date): CalendarDate {
  return date.toISOString().slice(0, 10);
}

export const toDbDateOrNull = (date: CalendarDate | null | undefined): Date | null =>
  date ? toDbDate(date) : null;

export const fromDbDateOrNull = (date: Date | null): CalendarDate | null => (date ? fromDbDate(date) : null);
