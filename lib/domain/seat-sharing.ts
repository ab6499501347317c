import { addFractions, type Fraction, fraction, wholeWeights } from "./allocate";
import type { CalendarDate } from "./calendar-date";
import type { ExpectedCharge } from "./expected-charges";
import type { Assignment, Subscription, TeamMembership } from "./facts";
import type { Target } from "./ledger-entry";
import { contains, daysIn, intersect, type Period } from "./period";
import { plansOf, seatsInForce } from "./seat-ledger";

/** A target with its weight in a month's split. */
export type WeightedTarget = { readonly target: Target; readonly weight: bigint; readonly seatDays: number };

type Sharing = {
  readonly subscription: Subscription;
  /** The plan that the charge names, if it names one. */
  readonly planId: string | null;
  /** The charge's own period, of which `part` lies in one month. */
  readonly chargePeriod: Period;
  readonly part: Period;
  readonly memberships: ReadonlyMap<string, readonly TeamMembership[]>;
  /** Seats that moved up to a dearer plan within a cycle. */
  readonly upgrades: readonly ExpectedCharge[];
};

/**
 * Who bears a subscription's cost in the part of a charge's period that lies in one month: each day's part is shared
 * equally by the seats in force on that day (of the charge's plan, if it names one), held ones by the member and the
 * member's team of that day, the others by the subscription's team. Seats that moved up to a dearer plan after the
 * charge began go on sharing what was paid for them.
 *
 * @returns targets ordered by member id, team, purpose, product, the unassigned one last; weights are whole numbers
 *   in the proportion of the sums over days of one divided by the seats in force; at least one is above zero
 */
export function shareBySeats(sharing: Sharing): WeightedTarget[] {
  const held = new Map<string, { target: Target; weight: Fraction; seatDays: number }>();
  let idleWeight = fraction(0, 1);
  let idleSeatDays = 0;

  const assignmentsOf = Map.groupBy(sharing.subscription.assignments, ({ planId }) => planId);
  for (const run of steadyRuns(sharing)) {
    for (const [planId, perSeat] of seatRates(sharing, run.start)) {
      let idle = seatsInForce(sharing.subscription, planId, run.start) * daysIn(run);
      for (const assignment of assignmentsOf.get(planId) ?? []) {
        const days = intersect({ start: assignment.startsOn, end: assignment.endsOn ?? run.end }, run);
        if (daysIn(days) === 0) continue;
        idle -= daysIn(days);
        for (const { teamId, seatDays } of teamDays(sharing, assignment.memberId, days)) {
          const target = holderTarget(sharing.subscription, assignment, teamId);
          const key = `${target.memberId} ${teamId} ${target.purpose} ${target.productId ?? ""}`;
          const sum = held.get(key) ?? { target, weight: fraction(0, 1), seatDays: 0 };
          held.set(key, {
            target,
            weight: addFractions(sum.weight, times(perSeat, seatDays)),
            seatDays: sum.seatDays + seatDays,
          });
        }
      }
      if (idle > 0) {
        idleWeight = addFractions(idleWeight, times(perSeat, idle));
        idleSeatDays += idle;
      }
    }
  }
  const rows = [...held].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (idleSeatDays > 0 || rows.length === 0) {
    const weight = idleSeatDays > 0 ? idleWeight : fraction(1, 1);
    rows.push({ target: unassignedTarget(sharing.subscription), weight, seatDays: idleSeatDays });
  }
  const weights = wholeWeights(rows.map((row) => row.weight));
  return rows.map(({ target, seatDays }, index) => ({ target, seatDays, weight: weights[index] ?? 0n }));
}

const times = ({ numerator, denominator }: Fraction, count: number): Fraction =>
  fraction(numerator * BigInt(count), denominator);

function holderTarget(subscription: Subscription, assignment: Assignment, teamId: string): Target {
  return {
    purpose: assignment.purpose ?? subscription.defaultPurpose,
    productId: assignment.productId ?? subscription.defaultProductId,
    memberId: assignment.memberId,
    teamId,
    unassigned: false,
  };
}

/** Where the cost of seats that nobody holds lands. */
export function unassignedTarget(subscription: Subscription): Target {
  return {
    purpose: subscription.defaultPurpose,
    productId: subscription.defaultProductId,
    memberId: null,
    teamId: subscription.teamId,
    unassigned: true,
  };
}

/** The member's team on each of the days; the subscription's team where the member is in none. */
export function teamDays(
  { subscription, memberships }: Pick<Sharing, "subscription" | "memberships">,
  memberId: string,
  days: Period,
): { readonly teamId: string; readonly seatDays: number }[] {
  const inTeams = (memberships.get(memberId) ?? [])
    .map(({ teamId, startsOn, endsOn }) => ({
      teamId,
      seatDays: daysIn(intersect({ start: startsOn, end: endsOn ?? days.end }, days)),
    }))
    .filter(({ seatDays }) => seatDays > 0);
  const rest = daysIn(days) - inTeams.reduce((sum, { seatDays }) => sum + seatDays, 0);
  return rest > 0 ? [...inTeams, { teamId: subscription.teamId, seatDays: rest }] : inTeams;
}

/** The runs of days within the part on which the number of seats stays the same. */
function steadyRuns({ subscription, part, upgrades }: Sharing): Period[] {
  const days = new Set<CalendarDate>([part.start, part.end]);
  const add = (day: CalendarDate | null) => {
    if (day !== null && part.start < day && day < part.end) days.add(day);
  };
  for (const term of subscription.terms) add(term.startsOn);
  add(subscription.endsOn);
  for (const { period } of upgrades) {
    add(period.start);
    add(period.end);
  }
  const inTime = [...days].sort();
  return inTime.slice(1).map((end, index) => ({ start: inTime[index] ?? end, end }));
}

/** The part of a day's cost that each seat in force of each plan bears. */
function seatRates(
  { subscription, planId, chargePeriod, upgrades }: Sharing,
  day: CalendarDate,
): Map<string, Fraction> {
  const rates = new Map<string, Fraction>();
  const seats = (plan: string) => seatsInForce(subscription, plan, day);
  if (planId === null) {
    const plans = plansOf(subscription).filter((plan) => seats(plan) > 0);
    const all = plans.reduce((sum, plan) => sum + seats(plan), 0);
    for (const plan of plans) rates.set(plan, fraction(1, all));
    return rates;
  }
  const moved = upgrades.filter(({ period }) => chargePeriod.start < period.start && contains(period, day));
  const share = (plan: string, part: Fraction): void => {
    const movedUp = moved.filter((row) => row.fromPlanId === plan);
    const all = seats(plan) + movedUp.reduce((sum, row) => sum + row.seats, 0);
    if (all === 0) return;
    const perSeat = fraction(part.numerator, part.denominator * BigInt(all));
    if (seats(plan) > 0) rates.set(plan, addFractions(rates.get(plan) ?? fraction(0, 1), perSeat));
    for (const row of movedUp) share(row.planId, times(perSeat, row.seats));
  };
  share(planId, fraction(1, 1));
  return rates;
}
