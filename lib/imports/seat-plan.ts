import { type PersonFact, type RowError, RowProblem } from "@/lib/connectors/connector";
import { type CalendarDate, DATE_MAX } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import type { Assignment } from "@/lib/domain/facts";
import { assertSeatLedger, holdsOn } from "@/lib/domain/seat-ledger";
import type { Named } from "@/lib/fields/schema";
import { indexByName, onlyOne } from "@/lib/imports/by-name";
import type { Outcome } from "@/lib/imports/entered";
import type { KnownContract } from "@/lib/imports/people-data";

/** A seat as the rows so far leave it. */
type Seat = Assignment & {
  /** Null: a row of this file gives it. */
  readonly id: string | null;
  endsOn: CalendarDate | null;
};

/** A change that a row makes: a seat given, or another last day of one. */
type SeatChange = { readonly line: number; readonly seat: Seat; readonly endsOn: CalendarDate | null };

/** The seats of one contract while a file is read. */
export type ContractSeats = {
  readonly contract: KnownContract;
  readonly plansCalled: (typed: string) => readonly Named[];
  /** Of each member and plan, in no order. */
  readonly held: Map<string, Seat[]>;
  readonly changes: SeatChange[];
};

export function contractSeats(contract: KnownContract): ContractSeats {
  const held = Map.groupBy(
    contract.seats.map((seat): Seat => ({ ...seat })),
    keyOf,
  );
  const plansCalled = indexByName(contract.plans, ({ name }) => [name]);
  return { contract, plansCalled, held, changes: [] };
}

const keyOf = ({ memberId, planId }: Pick<Assignment, "memberId" | "planId">): string =>
  `${memberId} ${planId}`;

/** What a row says of a seat: it is given, ends on another day, or is as the books have it. */
export function planSeat(
  seats: ContractSeats,
  fact: PersonFact,
  { memberId, today }: { readonly memberId: string; readonly today: CalendarDate },
): Outcome {
  const plan = planOf(seats, fact.plan);
  const key = keyOf({ memberId, planId: plan.id });
  const own = seats.held.get(key) ?? [];
  const startsOn = fact.seatStartsOn ?? own.find((seat) => holdsOn(seat, today))?.startsOn ?? today;
  const endsOn = fact.seatEndsOn;
  if (endsOn !== null && endsOn <= startsOn) {
    throw new RowProblem("seat_until", "The seat would end before it begins. Fill in seat_from.");
  }
  const same = own.find((seat) => seat.startsOn === startsOn);
  // A file without an end does not know of one: an end in the books stays.
  if (same && (endsOn === null || same.endsOn === endsOn)) return "unchanged";
  assertFree(
    own.filter((seat) => seat !== same),
    { startsOn, endsOn, plan },
  );
  if (same) {
    same.endsOn = endsOn;
    seats.changes.push({ line: fact.line, seat: same, endsOn });
    return "changed";
  }
  const seat: Seat = {
    id: null,
    memberId,
    planId: plan.id,
    startsOn,
    endsOn,
    purpose: null,
    productId: null,
  };
  seats.held.set(key, [...own, seat]);
  seats.changes.push({ line: fact.line, seat, endsOn });
  return "new";
}

function planOf({ contract, plansCalled }: ContractSeats, typed: string | null): Named {
  if (typed !== null) {
    return onlyOne(plansCalled(typed), { typed, column: "plan", what: `plan in ${contract.name}` });
  }
  const [only, second] = contract.plans;
  if (only && !second) return only;
  throw new RowProblem("plan", `${contract.name} has several plans. Say which one the seat is of.`);
}

function assertFree(
  others: readonly Seat[],
  { startsOn, endsOn, plan }: { startsOn: CalendarDate; endsOn: CalendarDate | null; plan: Named },
): void {
  const overlapping = others.find(
    (other) => other.startsOn < (endsOn ?? DATE_MAX) && startsOn < (other.endsOn ?? DATE_MAX),
  );
  if (!overlapping) return;
  const message = `A seat of ${plan.name} is already held from ${overlapping.startsOn}. Use that day as seat_from, or end that seat first.`;
  throw new RowProblem("seat_from", message);
}

/** That no day has more holders than seats; the error stands at the first row that is one too many. */
export function seatErrors({ contract, changes }: ContractSeats): RowError[] {
  const faultAfter = (count: number) => faultOf(contract, changes.slice(0, count));
  const fault = faultAfter(changes.length);
  if (fault === null) return [];
  let [fits, tooMany] = [0, changes.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (faultAfter(middle) === null) fits = middle;
    else tooMany = middle;
  }
  const line = changes[tooMany - 1]?.line ?? 1;
  const message = `${fault.message} Buy more seats of ${contract.name} first, end others, or leave rows out.`;
  return [{ line, column: "seat_from", message }];
}

function faultOf(contract: KnownContract, changes: readonly SeatChange[]): DomainError | null {
  const ends = new Map(changes.map(({ seat, endsOn }) => [seat.id ?? seat, endsOn]));
  const given = new Set(changes.flatMap(({ seat }) => (seat.id === null ? [seat] : [])));
  const assignments = [
    ...contract.seats.map((seat) => ({
      ...seat,
      endsOn: ends.has(seat.id) ? (ends.get(seat.id) ?? null) : seat.endsOn,
    })),
    ...[...given].map((seat) => ({ ...seat, endsOn: ends.get(seat) ?? null })),
  ];
  try {
    assertSeatLedger({ ...contract.facts, assignments });
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** The seats to give, as the whole file leaves them. */
export const givenSeats = ({ changes }: ContractSeats): readonly Seat[] => [
  ...new Set(changes.flatMap(({ seat }) => (seat.id === null ? [seat] : []))),
];

/** The seats of the books that end on another day, each once. */
export function endedSeats({
  changes,
}: ContractSeats): { readonly id: string; readonly endsOn: CalendarDate | null }[] {
  const seats = new Set(changes.map(({ seat }) => seat));
  return [...seats].flatMap(({ id, endsOn }) => (id === null ? [] : [{ id, endsOn }]));
}
