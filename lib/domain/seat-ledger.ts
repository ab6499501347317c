import { type CalendarDate, DATE_MAX } from "./calendar-date";
import { DomainError } from "./errors";
import type { Assignment, Subscription, SubscriptionTerm } from "./facts";

type Seats = Pick<Subscription, "terms" | "endsOn">;

/** The term of a plan that counts on a day: the last that starts on or before it; null before the first. */
export function termInForce(
  { terms }: Pick<Subscription, "terms">,
  planId: string,
  date: CalendarDate,
): SubscriptionTerm | null {
  let found: SubscriptionTerm | null = null;
  for (const term of terms) {
    if (term.planId !== planId || term.startsOn > date) continue;
    if (found === null || term.startsOn > found.startsOn) found = term;
  }
  return found;
}

/** How many seats of a plan are bought on a day. */
export function seatsInForce(subscription: Seats, planId: string, date: CalendarDate): number {
  if (subscription.endsOn !== null && date >= subscription.endsOn) return 0;
  return termInForce(subscription, planId, date)?.seats ?? 0;
}

/** The plans of a subscription, in the order in which they were first bought. */
export function plansOf({ terms }: Pick<Subscription, "terms">): string[] {
  return [
    ...new Set(
      terms
        .toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0))
        .map((term) => term.planId),
    ),
  ];
}

/** Whether the assignment holds its seat on the day. */
export function holdsOn(assignment: Pick<Assignment, "startsOn" | "endsOn">, date: CalendarDate): boolean {
  return assignment.startsOn <= date && (assignment.endsOn === null || date < assignment.endsOn);
}

/**
 * That no day has more holders of a plan than seats bought, and that nobody holds two seats of one plan at once.
 *
 * @throws DomainError `seats_exceeded`, `assignment_overlap`, each naming the first day
 */
export function assertSeatLedger(subscription: Seats & Pick<Subscription, "assignments">): void {
  for (const planId of new Set(subscription.assignments.map((assignment) => assignment.planId))) {
    const held = subscription.assignments.filter((assignment) => assignment.planId === planId);
    assertNobodyTwice(held);
    let holders = 0;
    for (const [day, change] of changesByDay(subscription, planId, held)) {
      holders += change;
      const seats = seatsInForce(subscription, planId, day);
      if (holders > seats) throw seatsExceeded(day, holders, seats);
    }
  }
}

function seatsExceeded(day: CalendarDate, holders: number, seats: number): DomainError {
  const message = `On ${day} ${holders} would hold a seat, but ${seats} are bought.`;
  return new DomainError("seats_exceeded", message, {
    fields: { startsOn: `Only ${seats} seats are bought on ${day}.` },
  });
}

/** By how much the number of holders changes on each day on which it, or the number of seats, does; in time order. */
function changesByDay(
  { terms, endsOn }: Seats,
  planId: string,
  held: readonly Assignment[],
): [CalendarDate, number][] {
  const changes = new Map<CalendarDate, number>();
  const add = (day: CalendarDate, count: number) => changes.set(day, (changes.get(day) ?? 0) + count);
  for (const assignment of held) {
    add(assignment.startsOn, 1);
    if (assignment.endsOn !== null) add(assignment.endsOn, -1);
  }
  for (const term of terms) if (term.planId === planId) add(term.startsOn, 0);
  if (endsOn !== null) add(endsOn, 0);
  return [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
}

function assertNobodyTwice(held: readonly Assignment[]): void {
  const byMember = Map.groupBy(held, (assignment) => assignment.memberId);
  for (const assignments of byMember.values()) {
    const inTime = assignments.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
    for (const [index, next] of inTime.slice(1).entries()) {
      if ((inTime[index]?.endsOn ?? DATE_MAX) > next.startsOn) {
        throw new DomainError(
          "assignment_overlap",
          `This member already holds a seat of this plan on ${next.startsOn}.`,
          { fields: { startsOn: `Already held on ${next.startsOn}.` } },
        );
      }
    }
  }
}
