import { addDays, type CalendarDate, dayNumber } from "./calendar-date";
import { firstDayOf, type Month, monthOf, periodOfMonth, shiftMonth } from "./month";

/** Until when the invoice of a month has to be here. */
export type InvoiceDue = {
  /** 1 to 31; a shorter month has it on its last day. */
  readonly dueDay: number;
  /** 0: a day of the month itself, 1: of the month after. */
  readonly monthsLater: number;
};

/** The last day on which the invoice of a month is in time. */
export function dueOn(month: Month, { dueDay, monthsLater }: InvoiceDue): CalendarDate {
  const { start, end } = periodOfMonth(shiftMonth(month, monthsLater));
  const day = addDays(start, dueDay - 1);
  return day < end ? day : addDays(end, -1);
}

/** It is late from the day after. */
export const isOverdue = (due: CalendarDate, today: CalendarDate): boolean => due < today;

/** What was due longer ago is an open point of the books, and no news. */
const DAYS_REMINDED = 31;

/**
 * The months whose invoice was due lately, the oldest first.
 *
 * @param since the day from which on somebody is responsible: what was due before is not theirs
 */
export function monthsDue(due: InvoiceDue, since: CalendarDate, today: CalendarDate): Month[] {
  const running = monthOf(today);
  return [3, 2, 1, 0]
    .map((ago) => shiftMonth(running, -ago))
    .filter((month) => {
      const day = dueOn(month, due);
      return since <= day && isOverdue(day, today) && dayNumber(today) - dayNumber(day) <= DAYS_REMINDED;
    });
}

/** The day a month is looked back to for reminders whose invoice may still be missing. */
export const remindedSince = (today: CalendarDate): CalendarDate =>
  firstDayOf(shiftMonth(monthOf(today), -3));
