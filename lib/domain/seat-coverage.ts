import type { CalendarDate } from "./calendar-date";
import type { ExpectedCharge } from "./expected-charges";
import type { Charge } from "./facts";
import type { Month } from "./month";
import { byMonth, contains, daysIn, type Period } from "./period";

/** An invoiced purchase on a contract, as far as it says which seats it pays for. */
export type SeatFee = Pick<Charge, "planId" | "quantity" | "billedCostMinor"> & {
  readonly chargePeriod: Period;
};

/** How much of an expected charge no invoice covers yet, by month, in seat-days. */
export type Uncovered = {
  readonly expected: ExpectedCharge;
  readonly uncoveredSeatDays: ReadonlyMap<Month, number>;
  readonly coveredSeatDays: ReadonlyMap<Month, number>;
};

/**
 * Sets what was invoiced against what was expected, day by day.
 *
 * A seat fee covers its stated seats of its plan on the days of its period: signed, so a credit for unused seats
 * covers negatively; no quantity covers all seats; no plan covers seats of any plan. The seats of a cycle's start are
 * covered first. A credit for seats that moved up to a dearer plan takes no cover away, because the dearer plan's
 * charge pays for them.
 *
 * @returns one row per expected charge, in the same order
 */
export function coverSeats(expected: readonly ExpectedCharge[], fees: readonly SeatFee[]): Uncovered[] {
  const rows = expected.map((row) => ({
    expected: row,
    uncoveredSeatDays: new Map<Month, number>(),
    coveredSeatDays: new Map<Month, number>(),
  }));
  const cycleStartsFirst = rows.toSorted((a, b) => rank(a.expected) - rank(b.expected));

  for (const part of parts(expected, fees)) {
    const active = cycleStartsFirst.filter(({ expected: { period } }) => contains(period, part.start));
    if (active.length === 0) continue;
    const cover = coverOn(part.start, expected, fees);
    for (const row of active) {
      const covered = cover.take(row.expected.planId, row.expected.seats);
      for (const { month, part: days } of byMonth(part)) {
        addTo(row.coveredSeatDays, month, covered * daysIn(days));
        addTo(row.uncoveredSeatDays, month, (row.expected.seats - covered) * daysIn(days));
      }
    }
  }
  return rows;
}

const rank = (row: ExpectedCharge): number => (row.kind === "cycle_start" ? 0 : 1);

function addTo(days: Map<Month, number>, month: Month, count: number): void {
  if (count > 0) days.set(month, (days.get(month) ?? 0) + count);
}

/** The runs of days on which nothing changes. */
function parts(expected: readonly ExpectedCharge[], fees: readonly SeatFee[]): Period[] {
  const days = new Set<CalendarDate>();
  for (const { period } of expected) days.add(period.start).add(period.end);
  for (const { chargePeriod } of fees) days.add(chargePeriod.start).add(chargePeriod.end);
  const inTime = [...days].sort();
  return inTime.slice(1).map((end, index) => ({ start: inTime[index] ?? end, end }));
}

/** The seats that the fees of one day pay for, to be taken row by row. */
function coverOn(day: CalendarDate, expected: readonly ExpectedCharge[], fees: readonly SeatFee[]) {
  const ANY_PLAN = "";
  const seats = new Map<string, number>();
  const unused = new Map<string, number>();
  for (const { planId, quantity, billedCostMinor, chargePeriod } of fees) {
    if (!contains(chargePeriod, day)) continue;
    const counted = billedCostMinor < 0 ? unused : seats;
    const plan = planId ?? ANY_PLAN;
    counted.set(
      plan,
      (counted.get(plan) ?? 0) + (quantity === null ? Number.POSITIVE_INFINITY : Math.abs(quantity)),
    );
  }
  for (const [plan, credited] of unused) {
    const moved = expected
      .filter((row) => row.fromPlanId === plan && contains(row.period, day))
      .reduce((sum, row) => sum + row.seats, 0);
    const paid = seats.get(plan) ?? 0;
    seats.set(plan, paid === Number.POSITIVE_INFINITY ? paid : paid - Math.max(0, credited - moved));
  }
  const takeFrom = (plan: string, wanted: number): number => {
    const taken = Math.max(0, Math.min(wanted, seats.get(plan) ?? 0));
    seats.set(plan, (seats.get(plan) ?? 0) - taken);
    return taken;
  };
  return {
    take(planId: string, wanted: number): number {
      const ofPlan = takeFrom(planId, wanted);
      return ofPlan + takeFrom(ANY_PLAN, wanted - ofPlan);
    },
  };
}
