import { authorizeTeam, type Ctx, visibility } from "@/lib/auth/ctx";
import { type PersonFact, type RowError, RowProblem } from "@/lib/connectors/connector";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { holdsOn } from "@/lib/domain/seat-ledger";
import { indexByName, onlyOne, PeopleByName } from "@/lib/imports/by-name";
import type { Outcome } from "@/lib/imports/entered";
import type {
  KnownContract,
  KnownPerson,
  KnownTeam,
  MembershipDays,
  PeopleBooks,
} from "@/lib/imports/people-data";
import { type ContractSeats, contractSeats, planSeat, seatErrors } from "@/lib/imports/seat-plan";
import { type MemberInput, memberInput } from "@/lib/members/schema";

/** A person as the rows so far leave them. */
type Person = Omit<KnownPerson, "memberships"> & {
  /** Whether a row of this file makes them; until then their id is made up. */
  readonly fresh: boolean;
  memberships: readonly (MembershipDays & { readonly fresh?: true })[];
};

/** Somebody goes to another team; what they were in before, as far as it ends by that. */
export type Move = {
  readonly personId: string;
  readonly teamId: string;
  readonly startsOn: CalendarDate;
  readonly before: readonly MembershipDays[];
};

/** What the rows of a file change, before any of it is done. Made-up ids of new people start with `new:`. */
export type PeoplePlan = {
  readonly outcomes: readonly Outcome[];
  readonly errors: readonly RowError[];
  readonly members: readonly { readonly id: string; readonly input: MemberInput }[];
  readonly moves: readonly Move[];
  readonly contracts: readonly ContractSeats[];
};

type State = {
  readonly ctx: Ctx;
  readonly today: CalendarDate;
  readonly people: PeopleByName<Person>;
  readonly teamsCalled: (typed: string) => readonly KnownTeam[];
  readonly teamNames: ReadonlyMap<string, string>;
  readonly contractsCalled: (typed: string) => readonly KnownContract[];
  readonly members: { readonly id: string; readonly input: MemberInput }[];
  readonly moves: Move[];
  readonly contracts: Map<string, ContractSeats>;
};

/** Reads the rows one after the other against the books and against each other; a row at fault leaves an error. */
export function planPeople(ctx: Ctx, facts: readonly PersonFact[], books: PeopleBooks): PeoplePlan {
  const state: State = {
    ctx,
    today: utcDateOf(ctx.now),
    people: new PeopleByName<Person>(books.people.map((person) => ({ ...person, fresh: false }))),
    teamsCalled: indexByName(books.teams, ({ name, code }) => [name, code]),
    teamNames: new Map(books.teams.map(({ id, name }) => [id, name])),
    contractsCalled: indexByName(books.contracts, ({ name }) => [name]),
    members: [],
    moves: [],
    contracts: new Map(),
  };
  const outcomes: Outcome[] = [];
  const errors: RowError[] = [];
  for (const fact of facts) {
    try {
      outcomes.push(planRow(state, fact));
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      errors.push({ line: fact.line, column: error.column, message: error.message });
    }
  }
  const contracts = [...state.contracts.values()];
  errors.push(...contracts.flatMap(seatErrors));
  return { outcomes, errors, members: state.members, moves: state.moves, contracts };
}

function planRow(state: State, fact: PersonFact): Outcome {
  const team = fact.team === null ? null : teamOf(state, fact.team);
  const known = knownPerson(state, fact);
  const person = known ?? newPerson(state, fact, team);
  const moved = known !== null && team !== null && planTeam(state, fact, { person: known, team });
  const seat = seatOf(state, fact, person.id);
  if (known === null || seat === "new") return "new";
  return moved || seat === "changed" ? "changed" : "unchanged";
}

function teamOf(state: State, typed: string): KnownTeam {
  const team = onlyOne(state.teamsCalled(typed), { typed, column: "team", what: "team" });
  if (team.archived) throw new RowProblem("team", `The team ${team.name} is archived. Name another team.`);
  within("team", () => authorizeTeam(state.ctx, "member:write", team.id));
  return team;
}

/** Who the row is about, if the books or an earlier row have them. Nobody is guessed. */
function knownPerson({ people }: State, fact: PersonFact): Person | null {
  const column = fact.email === null ? "name" : "email";
  const match = people.match(fact);
  if (match.kind === "ambiguous") {
    const message = `Several people are called "${fact.name}". Fill in the e-mail address of the one who is meant.`;
    throw new RowProblem(column, message);
  }
  if (match.kind === "matched") {
    const person = people.get(match.id) ?? null;
    if (!person?.archived) return person;
    throw new RowProblem(column, `${person.name} is archived. Restore them first, or leave the row out.`);
  }
  // Two rows of one file with two addresses are two people; one in the books may be the same with a new address.
  const namesake = people.called(fact.name).find(({ fresh }) => !fresh);
  if (!namesake) return null;
  throw new RowProblem(
    "email",
    `${namesake.name} is in the books with another e-mail address. Use that address if this is the same person, or add this person by hand first.`,
  );
}

/** Somebody who was not there: in their team since the day that the row names, else since the seat, else today. */
function newPerson(state: State, fact: PersonFact, team: KnownTeam | null): Person {
  const { today } = state;
  if (team === null && !visibility(state.ctx).all)
    throw new RowProblem("team", "Choose a team that you lead.");
  const { name, email, seatStartsOn } = fact;
  const first = seatStartsOn !== null && seatStartsOn < today ? seatStartsOn : today;
  const startsOn = team && (fact.startsOn ?? first);
  const parsed = memberInput.safeParse({ name, email, teamId: team?.id ?? null, startsOn });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new RowProblem(String(issue?.path[0] ?? "name"), issue?.message ?? "Correct this.");
  }
  const id = `new:${fact.line}`;
  const memberships =
    team && startsOn ? [{ id, teamId: team.id, startsOn, endsOn: null, fresh: true as const }] : [];
  const { name: cleanName, email: cleanEmail } = parsed.data;
  const person = {
    id,
    name: cleanName,
    email: cleanEmail,
    aliases: [],
    archived: false,
    fresh: true,
    memberships,
  };
  state.people.add(person);
  state.members.push({ id, input: parsed.data });
  return person;
}

/** Whether the person goes to another team by this row. */
function planTeam(
  state: State,
  fact: PersonFact,
  { person, team }: { readonly person: Person; readonly team: KnownTeam },
): boolean {
  const startsOn = fact.startsOn ?? state.today;
  // A list states the team of today and often the day of joining the company: a history in the books stays.
  const days = [startsOn, startsOn > state.today ? startsOn : state.today];
  const isIn = (day: CalendarDate) =>
    person.memberships.some((membership) => membership.teamId === team.id && holdsOn(membership, day));
  if (days.some(isIn)) return false;

  assertMovable(state, person);
  const ended = person.memberships.filter(
    ({ endsOn, startsOn: since }) => endsOn === null && since <= startsOn,
  );
  const inTheWay = person.memberships.find(
    (other) =>
      (other.fresh && other.startsOn === startsOn) ||
      (!ended.includes(other) && (other.endsOn === null || other.endsOn > startsOn)),
  );
  if (inTheWay) {
    const other = state.teamNames.get(inTheWay.teamId) ?? "another team";
    const message = `${person.name} is in the team ${other} from ${inTheWay.startsOn}. Use a later day, or change the team by hand.`;
    throw new RowProblem("member_since", message);
  }
  const id = `new:${fact.line}`;
  state.moves.push({
    personId: person.id,
    teamId: team.id,
    startsOn,
    before: ended.filter(({ fresh }) => !fresh).map(daysOf),
  });
  person.memberships = [
    ...person.memberships.filter((membership) => !ended.includes(membership)),
    ...ended.filter(({ startsOn: since }) => since < startsOn).map((old) => ({ ...old, endsOn: startsOn })),
    { id, teamId: team.id, startsOn, endsOn: null, fresh: true },
  ];
  return true;
}

const daysOf = ({ id, teamId, startsOn, endsOn }: MembershipDays): MembershipDays => ({
  id,
  teamId,
  startsOn,
  endsOn,
});

/** A lead moves only people who are, or were, in a team of theirs. */
function assertMovable({ ctx }: State, { name, memberships, fresh }: Person): void {
  const seen = visibility(ctx);
  if (seen.all || fresh || memberships.some(({ teamId }) => seen.teamIds.includes(teamId))) return;
  throw new RowProblem("team", `${name} is in a team that you do not lead. Ask somebody who may move them.`);
}

function seatOf(state: State, fact: PersonFact, memberId: string): Outcome | null {
  const typed = fact.subscription;
  if (typed === null) return null;
  const known = onlyOne(state.contractsCalled(typed), {
    typed,
    column: "subscription",
    what: "subscription",
  });
  within("subscription", () => authorizeTeam(state.ctx, "seat:write", known.facts.teamId));
  const contract = state.contracts.get(known.id) ?? contractSeats(known);
  state.contracts.set(known.id, contract);
  return planSeat(contract, fact, { memberId, today: state.today });
}

/** A refusal of the domain as an error of the row. */
function within(column: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new RowProblem(column, error.message);
  }
}
