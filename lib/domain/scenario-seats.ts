import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { Assignment, Subscription, SubscriptionTerm } from "./facts";
import type { ListPrice } from "./list-price";
import { type ContractChange, isOfContract, type PlanChange, type ScenarioChange } from "./scenario";
import { holdsOn, plansOf, termInForce } from "./seat-ledger";

type Asked = {
  readonly today: CalendarDate;
  /** What a plan costs that the contract does not have yet. */
  readonly prices: readonly ListPrice[];
};

type Contract = Pick<Subscription, "id" | "terms" | "assignments" | "billingInterval">;

/** A contract as the changes would have it, with the moves to a plan of which nobody knows the price: they are left out. */
export type ChangedContract<C> = { readonly contract: C; readonly unpriced: readonly PlanChange[] };

/**
 * A contract as a scenario would have it. Changes count like this: more and fewer seats are added
 * to those that each day has, never below none; of these, moved ones go to the other plan, at its price in the contract,
 * else at the list's on the day of the move; a changed price holds from its day on, for whatever was agreed for later days
 * too. No past day changes. Which seats go is not said: those that stay are shared by who holds one. Of a part that
 * moves, those who have held their seats longest move first.
 *
 * @param changes as `settledChanges` has them, all after today; those of other contracts are left out
 * @returns the same contract when no change is about it
 */
export function withChanges<C extends Contract>(
  contract: C,
  changes: readonly ScenarioChange[],
  { today, prices }: Asked,
): ChangedContract<C> {
  const own = changes.filter(isOfContract).filter(({ subscriptionId }) => subscriptionId === contract.id);
  const pricesOfMoves = new Map<PlanChange, Price | null>();
  for (const change of own) {
    if (change.kind === "plan") pricesOfMoves.set(change, priceOfMove(contract, change, own, prices));
  }
  const unpriced = [...pricesOfMoves].filter(([, price]) => price === null).map(([move]) => move);
  const counted = own.filter((change) => change.kind !== "plan" || !unpriced.includes(change));
  if (counted.length === 0) return { contract, unpriced };

  const moves = counted.filter((change) => change.kind === "plan");
  const terms = changedTerms(contract, counted, { today, pricesOfMoves });
  return { contract: { ...contract, terms, assignments: moved(contract.assignments, moves) }, unpriced };
}

type Price = { readonly unitPriceMinor: number; readonly currency: Currency };

/** Of the plan that seats move to: as changed, as agreed, else as the list asks on that day. */
function priceOfMove(
  contract: Contract,
  { toPlanId, planId, from }: PlanChange,
  changes: readonly ContractChange[],
  prices: readonly ListPrice[],
): Price | null {
  const agreed = priceOn(contract, toPlanId, from, changes);
  if (agreed) return agreed;
  const currency = priceOn(contract, planId, from, changes)?.currency;
  return prices
    .filter((price) => price.planId === toPlanId && price.billingInterval === contract.billingInterval)
    .filter((price) => price.startsOn <= from && (currency === undefined || price.currency === currency))
    .reduce<ListPrice | null>((last, one) => (last && last.startsOn > one.startsOn ? last : one), null);
}

/** What a seat costs on a day: as the last change by then says, else as it was agreed. */
function priceOn(
  contract: Contract,
  planId: string,
  day: CalendarDate,
  changes: readonly ContractChange[],
): Price | null {
  const changed = changes
    .filter((change) => change.kind === "seat_price")
    .findLast((change) => change.planId === planId && change.from <= day);
  if (changed) return { unitPriceMinor: changed.unitPrice.minor, currency: changed.unitPrice.currency };
  return termInForce(contract, planId, day);
}

function changedTerms(
  contract: Contract,
  changes: readonly ContractChange[],
  { today, pricesOfMoves }: { today: CalendarDate; pricesOfMoves: ReadonlyMap<PlanChange, Price | null> },
): SubscriptionTerm[] {
  const moves = changes.filter((change) => change.kind === "plan");
  const bought = (planId: string, day: CalendarDate): number => {
    const more = changes
      .filter((change) => change.kind === "seats" && change.planId === planId && change.from <= day)
      .reduce((sum, change) => sum + (change.kind === "seats" ? change.seats : 0), 0);
    return Math.max(0, (termInForce(contract, planId, day)?.seats ?? 0) + more);
  };
  const goes = (move: PlanChange, day: CalendarDate): number => {
    if (move.from > day) return 0;
    const all = bought(move.planId, day);
    return move.seats === null ? all : Math.min(all, move.seats);
  };
  const seatsOn = (planId: string, day: CalendarDate): number =>
    moves.reduce(
      (seats, move) => {
        if (move.planId === planId) return seats - goes(move, day);
        return move.toPlanId === planId ? seats + goes(move, day) : seats;
      },
      bought(planId, day),
    );
  const comesAt = (planId: string): Price | null => {
    const to = moves.find(({ toPlanId }) => toPlanId === planId);
    return (to && pricesOfMoves.get(to)) ?? null;
  };

  const later = contract.terms.filter(({ startsOn }) => startsOn > today).map(({ startsOn }) => startsOn);
  const days = [...new Set([...later, ...changes.map(({ from }) => from)])].sort();
  const plans = [...new Set([...plansOf(contract), ...moves.map(({ toPlanId }) => toPlanId)])].sort();
  const past = contract.terms.filter(({ startsOn }) => startsOn <= today);
  return plans.flatMap((planId) => {
    const terms = past.filter((term) => term.planId === planId);
    let before = termInForce({ terms }, planId, today);
    for (const startsOn of days) {
      const price = priceOn(contract, planId, startsOn, changes) ?? comesAt(planId);
      const seats = seatsOn(planId, startsOn);
      if (price === null || (before === null && seats === 0)) continue;
      const { unitPriceMinor, currency } = price;
      const same =
        before !== null &&
        before.seats === seats &&
        before.unitPriceMinor === unitPriceMinor &&
        before.currency === currency;
      if (same) continue;
      before = { planId, startsOn, seats, unitPriceMinor, currency };
      terms.push(before);
    }
    return terms;
  });
}

/** Who holds a seat that moves holds one of the other plan from that day on. */
function moved(assignments: readonly Assignment[], moves: readonly PlanChange[]): Assignment[] {
  const going = new Map<Assignment, PlanChange>();
  for (const move of moves) {
    const holders = assignments
      .filter((one) => one.planId === move.planId && (one.endsOn === null || one.endsOn > move.from))
      .sort((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : compareHolders(a, b)));
    const those =
      move.seats === null ? holders : holders.filter((one) => holdsOn(one, move.from)).slice(0, move.seats);
    for (const one of those) going.set(one, move);
  }
  return assignments.flatMap((one) => {
    const move = going.get(one);
    if (!move) return [one];
    const there = { ...one, planId: move.toPlanId };
    if (one.startsOn >= move.from) return [there];
    return [
      { ...one, endsOn: move.from },
      { ...there, startsOn: move.from },
    ];
  });
}

const compareHolders = (a: Assignment, b: Assignment): number => (a.memberId < b.memberId ? -1 : 1);
