import { addDays, type CalendarDate } from "./calendar-date";
import { dateText, monthText } from "./date-text";
import { monthOf, periodOfMonth } from "./month";
import type { Period } from "./period";
import { parseTypedDate, parseTypedMonth } from "./typed-date";
import type { Typed } from "./typed-input";

const NO_PERIOD = "Type a month, like Oct 2026, or two days, like 16 Oct to 31 Oct.";

/**
 * Reads a period as people type it: a month (`oct`, `2026-10`), or its first and last day (`16 oct - 31 oct 2026`,
 * `2026-10-16 to 2026-10-31`).
 *
 * @returns the days from the first to the day after the last
 */
export function parseTypedPeriod(text: string, today: CalendarDate): Typed<Period> {
  const ends = text.split(/\s+(?:to|until|-|–|—)\s+|\s*–\s*/i).map((part) => part.trim());
  const [first, last, ...more] = ends;
  if (first === undefined || last === undefined) {
    const typed = parseTypedMonth(text, today);
    if ("value" in typed) return { value: periodOfMonth(typed.value) };
    return {
      reason: typed.choices.length > 0 ? typed.reason : NO_PERIOD,
      choices: typed.choices.map(periodOfMonth),
    };
  }
  if (more.length > 0) return { reason: NO_PERIOD, choices: [] };
  const end = parseTypedDate(last, today);
  if (!("value" in end)) return { reason: NO_PERIOD, choices: [] };
  // "16 oct - 31 oct 2025": the first day's year is the last one's.
  const start = parseTypedDate(first, end.value);
  if (!("value" in start)) return { reason: NO_PERIOD, choices: [] };
  if (start.value > end.value) return { reason: "The last day is before the first.", choices: [] };
  return { value: { start: start.value, end: addDays(end.value, 1) } };
}

/** "October 2026", or "16 Oct 2026 – 31 Oct 2026" with the first and the last day. */
export function typedPeriodText(period: Period): string {
  const month = monthOf(period.start);
  const whole = periodOfMonth(month);
  if (whole.start === period.start && whole.end === period.end) return monthText(month);
  return `${dateText(period.start)} – ${dateText(addDays(period.end, -1))}`;
}
