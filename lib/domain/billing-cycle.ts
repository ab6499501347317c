import { addMonths, type CalendarDate, dayNumber } from "./calendar-date";
import type { BillingInterval } from "./facts";
import { monthOf, monthsBetween, periodOfMonth } from "./month";
import type { Period } from "./period";

/**
 * The billing cycles that start before `until` and end after `from`, in time order.
 *
 * Each starts on the anchor's day of the month, or on the last day of a shorter month; it is always counted from the
 * anchor, so an anchor of the 31st comes back to the 31st.
 *
 * @param anchor the first day of the first cycle; cycles before it are given too when `from` asks for them
 */
export function billingCycles(
  anchor: CalendarDate,
  interval: BillingInterval,
  { from, until }: { from: CalendarDate; until: CalendarDate },
): Period[] {
  const months = interval === "year" ? 12 : 1;
  const cycleStart = (index: number) => addMonths(anchor, index * months);

  // Close to the right cycle, then exact: a cycle is never longer than 366 or 31 days.
  let index = Math.floor((dayNumber(from) - dayNumber(anchor)) / (interval === "year" ? 365 : 30)) - 1;
  while (cycleStart(index) > from) index--;
  while (cycleStart(index + 1) <= from) index++;

  const cycles: Period[] = [];
  for (; cycleStart(index) < until; index++) {
    cycles.push({ start: cycleStart(index), end: cycleStart(index + 1) });
  }
  return cycles;
}

/** The calendar months that start before `until`, from the one that holds `from`. */
export function calendarMonthCycles({ from, until }: { from: CalendarDate; until: CalendarDate }): Period[] {
  return monthsBetween(monthOf(from), monthOf(until))
    .map(periodOfMonth)
    .filter((month) => month.start < until);
}
