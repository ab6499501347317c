import { addDays } from "./calendar-date";
import type { Misuse, MisuseEvidence, MisuseFacts, MisuseSeat } from "./misuse-facts";
import { type MisuseSettings, thresholdOf } from "./misuse-rules";

type PricedSeat = MisuseSeat & { readonly monthlyMinor: number };

/**
 * A seat behind automation: held by a service, or counted as product running by whoever assigned it. A seat is priced
 * and limited for a person at work. Seats of people and of shared accounts are left alone unless they count so.
 */
export function seatsBehindServices(facts: MisuseFacts, settings: MisuseSettings): Misuse[] {
  const least = thresholdOf(settings, "seat_behind_service", "amount");
  return priced(facts.seats).flatMap((seat): Misuse[] => {
    const member = facts.members.get(seat.memberId);
    if (member?.kind !== "service" && seat.purpose !== "product_running") return [];
    if (isBelow(seat.monthlyMinor, least, facts)) return [];
    return [
      {
        rule: "seat_behind_service",
        subject: `${seat.memberId} ${seat.subscriptionId} ${seat.planId}`,
        ...{ apiAccountId: null, memberId: seat.memberId, teamId: member?.teamId ?? null },
        ...{ amountMinor: seat.monthlyMinor, seenOn: facts.today },
        evidence: [proof(seat, false)],
      },
    ];
  });
}

/**
 * Seats of one person of which one is for nothing that another is not for too. From the cheapest up, each that the others
 * cover counts as what could be saved; what is held together for fewer days than the threshold is a change of tools and
 * left alone, as are shared accounts, behind which there are several people.
 */
export function overlappingSeats(facts: MisuseFacts, settings: MisuseSettings): Misuse[] {
  const days = thresholdOf(settings, "overlapping_seats", "days");
  const least = thresholdOf(settings, "overlapping_seats", "amount");
  const settled = addDays(facts.today, -days);
  const holders = Map.groupBy(
    priced(facts.seats).filter(({ monthlyMinor, startsOn }) => monthlyMinor > 0 && startsOn <= settled),
    ({ memberId }) => memberId,
  );
  return [...holders].flatMap(([memberId, seats]): Misuse[] => {
    const member = facts.members.get(memberId);
    if (member?.kind !== "person") return [];
    const covered = coveredSeats(seats);
    const amountMinor = [...covered].reduce((sum, { monthlyMinor }) => sum + monthlyMinor, 0);
    if (covered.size === 0 || isBelow(amountMinor, least, facts)) return [];
    return [
      {
        rule: "overlapping_seats",
        subject: memberId,
        ...{ apiAccountId: null, memberId, teamId: member.teamId, amountMinor, seenOn: facts.today },
        evidence: seats
          .toSorted((a, b) => b.monthlyMinor - a.monthlyMinor)
          .map((seat) => proof(seat, covered.has(seat))),
      },
    ];
  });
}

function coveredSeats(seats: readonly PricedSeat[]): Set<PricedSeat> {
  const covered = new Set<PricedSeat>();
  for (const seat of seats.toSorted((a, b) => a.monthlyMinor - b.monthlyMinor)) {
    const others = seats.filter((other) => other !== seat && !covered.has(other));
    const kinds = new Set(others.flatMap((other) => other.kinds));
    if (seat.kinds.every((kind) => kinds.has(kind))) covered.add(seat);
  }
  return covered;
}

const priced = (seats: readonly MisuseSeat[]): PricedSeat[] =>
  seats.flatMap(({ monthlyMinor, ...seat }) => (monthlyMinor === null ? [] : [{ ...seat, monthlyMinor }]));

const proof = (seat: PricedSeat, covered: boolean): MisuseEvidence => ({
  kind: "seat",
  ...{ assignmentId: seat.assignmentId, subscriptionId: seat.subscriptionId, planId: seat.planId },
  ...{ memberId: seat.memberId, startsOn: seat.startsOn, minor: seat.monthlyMinor, covered },
});

/** Whether an amount is nothing, or less than so many whole units. */
export const isBelow = (
  minor: number,
  units: number,
  { minorPerUnit }: Pick<MisuseFacts, "minorPerUnit">,
): boolean => minor <= 0 || minor < units * minorPerUnit;
