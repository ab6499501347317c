import type { Month } from "./month";
import { daysIn, intersect, type Period } from "./period";
import type { Uncovered } from "./seat-coverage";

/** Whether a contract's invoice for a month is there. */
export type CoverageState = "billed" | "partly_billed" | "estimated" | "missing" | "not_expected";

/**
 * The state of a seat contract in a month: from the seat-days that were expected and those that invoices cover.
 *
 * @param rows the contract's expected charges with their cover; rows that cost nothing expect no invoice
 * @param charged the periods of all charges on the contract
 * @param estimated whether an estimate for the month is posted
 */
export function seatCoverage(
  rows: readonly Uncovered[],
  {
    month,
    days,
    charged,
    estimated,
  }: { month: Month; days: Period; charged: readonly Period[]; estimated: boolean },
): CoverageState {
  let covered = 0;
  let uncovered = 0;
  for (const { expected, coveredSeatDays, uncoveredSeatDays } of rows) {
    if (expected.amountMinor === 0) continue;
    covered += coveredSeatDays.get(month) ?? 0;
    uncovered += uncoveredSeatDays.get(month) ?? 0;
  }
  if (covered + uncovered === 0) return touches(charged, days) ? "billed" : "not_expected";
  if (uncovered === 0) return "billed";
  if (covered > 0) return "partly_billed";
  return estimated ? "estimated" : "missing";
}

/**
 * The state of a metered account and all below it in a month: from the days that charges cover, and from what is
 * estimated beside them, because a charge on one account leaves the use of its siblings to be estimated.
 *
 * @param month the days of the month
 * @param expected those on which the account is expected to be invoiced; none: nothing is expected
 * @param charged the periods of the charges on it or below
 * @param estimated whether an estimate for the month is posted on it or below
 */
export function accountCoverage({
  month,
  expected,
  charged,
  estimated,
}: {
  month: Period;
  expected: Period;
  charged: readonly Period[];
  estimated: boolean;
}): CoverageState {
  if (estimated) return touches(charged, month) ? "partly_billed" : "estimated";
  const days = daysIn(expected);
  if (days === 0) return "not_expected";
  const uncovered = uncoveredDays(expected, charged);
  if (uncovered === 0) return "billed";
  return uncovered < days ? "partly_billed" : "missing";
}

function uncoveredDays(days: Period, charged: readonly Period[]): number {
  const inTime = charged
    .map((period) => intersect(period, days))
    .filter((period) => daysIn(period) > 0)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  let reached = days.start;
  let gaps = 0;
  for (const { start, end } of inTime) {
    if (start > reached) gaps += daysIn({ start: reached, end: start });
    if (end > reached) reached = end;
  }
  return gaps + daysIn({ start: reached, end: days.end });
}

const touches = (periods: readonly Period[], days: Period): boolean =>
  periods.some((period) => daysIn(intersect(period, days)) > 0);

/** What stands for several contracts at once: the state that most needs doing. */
export function worstOf(states: readonly CoverageState[]): CoverageState {
  const order: readonly CoverageState[] = ["missing", "partly_billed", "estimated", "billed", "not_expected"];
  return order.find((state) => states.includes(state)) ?? "not_expected";
}
