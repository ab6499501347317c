import type { Ctx } from "@/lib/auth/ctx";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { convert, type ExchangeRate, findRate } from "@/lib/domain/exchange-rate";
import { monthlyOf } from "@/lib/domain/holdable-plans";
import { type PlanSeats, type SeatState, seatState, type Waste, wasteOf } from "@/lib/domain/idle-seats";
import { type Money, money } from "@/lib/domain/money";
import { tooSmallGroups } from "@/lib/domain/person-analysis";
import { nextToAct, type Renewal } from "@/lib/domain/renewals";
import { plansOf, seatsInForce, termInForce } from "@/lib/domain/seat-ledger";
import type { HeldSeat } from "@/lib/idle-seats/data";
import type { IdleRow, QuietSeat } from "@/lib/idle-seats/schema";
import type { NamedContract } from "@/lib/renewals/data";
import type { Choice } from "@/lib/usage/people";

const SEATS_MAX = 200;

/** Everything that says which seats are idle. */
export type IdleBooks = {
  readonly contracts: readonly NamedContract[];
  readonly seats: readonly HeldSeat[];
  /** By "member provider". */
  readonly lastUse: ReadonlyMap<string, CalendarDate>;
  /** People whose use the actor may see; of the others nothing is known. */
  readonly seenPeople: ReadonlySet<string>;
  readonly onLeave: ReadonlySet<string>;
  /** By the provider's name. */
  readonly knownUntil: ReadonlyMap<string, CalendarDate>;
  readonly minimums: ReadonlyMap<string, number>;
  readonly planNames: ReadonlyMap<string, string>;
  readonly renewals: readonly Renewal[];
  readonly rates: readonly ExchangeRate[];
  readonly today: CalendarDate;
  readonly days: number;
};

type Held = HeldSeat & { readonly state: SeatState; readonly lastUsedOn: CalendarDate | null };
type Found = { readonly row: IdleRow; readonly waste: Waste; readonly held: readonly Held[] };

/** The seats of every plan of every contract, the most exposed first. */
export function idleRows(books: IdleBooks, ctx: Ctx, choice: Choice) {
  const found = books.contracts.flatMap((contract) => rowsOf(contract, books, ctx));
  const hidden = hiddenContracts(found, ctx, choice);
  return {
    found,
    rows: found
      .toSorted((a, b) => b.waste.exposedMinor - a.waste.exposedMinor)
      .map((each) => shown(each, hidden, ctx, choice)),
  };
}

function rowsOf(contract: NamedContract, books: IdleBooks, { organization }: Ctx): Found[] {
  const { today, planNames, renewals } = books;
  const base = organization.baseCurrency;
  const renewal = nextToAct(renewals, contract.id, today);
  const plans = plansOf(contract)
    .map((planId) => planSeats(planId, contract, renewal, books, base))
    .filter(({ bought }) => bought > 0);
  const wastes = wasteOf(plans);
  const amount = (minor: number) => money(minor, base);
  return plans.flatMap((plan, index) => {
    const waste = wastes[index];
    if (!waste) return [];
    const line = renewal?.lines.find(({ planId }) => planId === plan.planId);
    const told = (minor: number): Money | null => (plan.priced ? amount(minor) : null);
    const row: IdleRow = {
      subscription: { id: contract.id, name: contract.name },
      ...{ serviceProvider: contract.serviceProvider, team: contract.team },
      plan: { id: plan.planId, name: planNames.get(plan.planId) ?? "" },
      ...{ bought: plan.bought, held: plan.states.length, minimumSeats: plan.minimumSeats },
      price: told(plan.monthlyMinor),
      ...{ idle: waste.idle, unknown: waste.unknown, unassigned: waste.unassigned },
      exposed: told(waste.exposedMinor),
      reassignable: told(waste.reassignableMinor),
      reducible: told(waste.reducibleMinor),
      reducibleSeats: waste.reducible,
      renewsOn: line ? (renewal?.renewsOn ?? null) : null,
      actBy: line ? (renewal?.cancelBy ?? null) : null,
      renewalPrice: line ? money(line.unitPriceMinor, line.currency) : null,
      knownUntil: books.knownUntil.get(contract.serviceProvider.name) ?? null,
      seats: plan.held.flatMap(quietSeat).slice(0, SEATS_MAX),
    };
    return [{ row, waste, held: plan.held }];
  });
}

function planSeats(
  planId: string,
  contract: NamedContract,
  renewal: Renewal | null,
  books: IdleBooks,
  base: string,
): PlanSeats & { readonly held: readonly Held[]; readonly priced: boolean } {
  const { today, minimums, rates } = books;
  const term = termInForce(contract, planId, today);
  const line = renewal?.lines.find((each) => each.planId === planId);
  const inBase = (unitPriceMinor: number, currency: string): number | null => {
    const monthly = money(monthlyOf({ unitPriceMinor, billingInterval: contract.billingInterval }), currency);
    if (currency === base) return monthly.minor;
    const rate = findRate(rates, { from: currency, to: base, date: today });
    return rate ? convert(monthly, rate).minor : null;
  };
  const monthly = term ? inBase(term.unitPriceMinor, term.currency) : null;
  const held = heldSeats(planId, contract, books);
  return {
    ...{ planId, held, priced: monthly !== null },
    bought: seatsInForce(contract, planId, today),
    minimumSeats: minimums.get(planId) ?? 1,
    monthlyMinor: monthly ?? 0,
    renewalMonthlyMinor: line ? (inBase(line.unitPriceMinor, line.currency) ?? 0) : null,
    states: held.map(({ state }) => state),
  };
}

function heldSeats(planId: string, contract: NamedContract, books: IdleBooks): Held[] {
  const { serviceProvider, id } = contract;
  const { today, days: idleDays, seenPeople, onLeave, lastUse } = books;
  const knownUntil = books.knownUntil.get(serviceProvider.name) ?? null;
  return books.seats
    .filter((seat) => seat.subscriptionId === id && seat.planId === planId)
    .map((seat) => {
      const { member, startsOn: heldFrom, joinedOn } = seat;
      const isSeen = seenPeople.has(member.id);
      const lastUsedOn = isSeen ? (lastUse.get(`${member.id} ${serviceProvider.id}`) ?? null) : null;
      const known = { heldFrom, joinedOn, onLeave: onLeave.has(member.id), lastUsedOn };
      const state = seatState(known, { today, idleDays, knownUntil: isSeen ? knownUntil : null });
      return { ...seat, state, lastUsedOn };
    });
}

function quietSeat({ id, version, member, startsOn, state, lastUsedOn }: Held): QuietSeat[] {
  if (state === "used") return [];
  return [{ assignmentId: id, version, member, heldFrom: startsOn, state, lastUsedOn }];
}

/** Plans of so few other holders that how many use them would tell who, where people are not shown. */
function hiddenContracts(
  found: readonly Found[],
  { actor }: Ctx,
  { personAnalysis, minimumGroupSize }: Choice,
) {
  if (personAnalysis === "on") return new Set<string>();
  const holders = new Map(
    found.map(({ row, held }) => [
      keyOf(row),
      new Set(held.map(({ member }) => member.id).filter((id) => id !== actor.memberId)),
    ]),
  );
  const some = new Map([...holders].filter(([, people]) => people.size > 0));
  return tooSmallGroups(some, minimumGroupSize);
}

const keyOf = ({ subscription, plan }: IdleRow): string => `${subscription.id} ${plan.id}`;

/** Without other people, where the organization does not show them; without sums that would tell of few. */
function shown(
  { row }: Found,
  hidden: ReadonlySet<string>,
  { actor }: Ctx,
  { personAnalysis }: Choice,
): IdleRow {
  if (personAnalysis === "on") return row;
  const seats = row.seats.filter(({ member }) => member.id === actor.memberId);
  if (!hidden.has(keyOf(row))) return { ...row, seats };
  const unassigned = row.price && { ...row.price, minor: row.price.minor * row.unassigned };
  const nothing = { idle: null, unknown: null, reassignable: null, reducible: null };
  return { ...row, ...nothing, seats, exposed: unassigned, reducibleSeats: 0 };
}
