import type { Catalogue, Holding, NamedContract, Person } from "@/lib/break-even/books-data";
import type { ActiveDays, MonthOfUse } from "@/lib/break-even/use-data";
import {
  type BreakEven,
  breakEven,
  type PricedPlan,
  type SeatUse,
  withoutRate,
} from "@/lib/domain/break-even";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { minorOfNano } from "@/lib/domain/decimal";
import { holdablePlans, monthlyOf } from "@/lib/domain/holdable-plans";
import { type Month, monthOf } from "@/lib/domain/month";
import { holdsOn, plansOf, seatsInForce, termInForce } from "@/lib/domain/seat-ledger";

/** An amount in the books' currency; null where there is no rate. */
export type ToBase = (minor: number, currency: Currency) => number | null;

export type AdviceBooks = {
  readonly people: readonly Person[];
  readonly holdings: readonly Holding[];
  readonly contracts: ReadonlyMap<string, NamedContract>;
  readonly catalogue: Catalogue;
  readonly use: readonly MonthOfUse[];
  readonly days: readonly ActiveDays[];
  readonly months: readonly Month[];
  readonly on: CalendarDate;
  readonly toBase: ToBase;
};

export type HeldNow = {
  readonly subscriptionId: string;
  readonly planId: string;
  readonly monthlyMinor: number | null;
};

/** One person's plans at one provider. */
export type Case = {
  readonly person: Person;
  readonly serviceProviderId: string;
  readonly held: readonly HeldNow[];
  /** The others that could be held. */
  readonly plans: readonly PricedPlan[];
  readonly use: SeatUse;
  readonly advice: BreakEven;
};

/** Everybody who holds a seat, or spends on keys, provider by provider. */
export function casesOf(books: AdviceBooks): Case[] {
  const { people, holdings, contracts } = books;
  const use = Map.groupBy(books.use, ({ memberId }) => memberId);
  const days = Map.groupBy(books.days, ({ memberId }) => memberId);
  const seats = Map.groupBy(holdings, ({ memberId }) => memberId);
  const ladders = new Map<string, PricedPlan[] | null>();
  return people.flatMap((person) => {
    const of = { use: use.get(person.id) ?? [], days: days.get(person.id) ?? [] };
    const held = seats.get(person.id) ?? [];
    const providers = new Set([
      ...held.flatMap(({ subscriptionId }) => contracts.get(subscriptionId)?.serviceProviderId ?? []),
      ...of.use.map(({ serviceProviderId }) => serviceProviderId),
    ]);
    return [...providers].flatMap((serviceProviderId) => {
      const at = { person, serviceProviderId, ...of, held };
      const found = caseOf(books, at, ladders);
      return found ? [found] : [];
    });
  });
}

type At = {
  readonly person: Person;
  readonly serviceProviderId: string;
  readonly use: readonly MonthOfUse[];
  readonly days: readonly ActiveDays[];
  readonly held: readonly Holding[];
};

function caseOf(books: AdviceBooks, at: At, ladders: Map<string, PricedPlan[] | null>): Case | null {
  const { contracts, toBase } = books;
  const { person, serviceProviderId } = at;
  const ofProvider = <Row extends { readonly serviceProviderId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.serviceProviderId === serviceProviderId);
  const holdings = at.held.filter(
    ({ subscriptionId }) => contracts.get(subscriptionId)?.serviceProviderId === serviceProviderId,
  );
  const held = heldOn(books, holdings);
  const use = ofProvider(at.use);
  if (held.length === 0 && !use.some(({ costKind }) => costKind === "metered")) return null;

  const sums = seatUse(use, ofProvider(at.days), { ...books, holdings, onKeys: held.length === 0 }, toBase);
  const interval = contracts.get(held[0]?.subscriptionId ?? "")?.billingInterval ?? "month";
  const key = `${serviceProviderId} ${interval}`;
  if (!ladders.has(key)) ladders.set(key, ladderOf(books, serviceProviderId, interval));
  const ladder = ladders.get(key) ?? null;
  const priced = held.flatMap(({ planId, monthlyMinor }) =>
    monthlyMinor === null ? [] : [{ planId, monthlyMinor }],
  );
  if (sums === null || ladder === null || priced.length < held.length) {
    const use = sums ?? NO_USE;
    return { person, serviceProviderId, held, plans: [], use, advice: withoutRate };
  }
  const plans = others(priced, ladder);
  return { person, serviceProviderId, held, plans, use: sums, advice: breakEven(sums, priced, plans) };
}

/** What could be held instead; of several seats each could be the only one. */
function others(held: readonly PricedPlan[], ladder: readonly PricedPlan[]): PricedPlan[] {
  const rest = ladder.filter(({ planId }) => held.every((seat) => seat.planId !== planId));
  return held.length > 1 ? [...rest, ...held] : rest;
}

const NO_USE: SeatUse = {
  ...{ months: 0, activeDays: 0, coveredMinor: 0, onTopMinor: 0, meteredMinor: 0 },
  ...{ rateLimitHits: null, unpriced: false },
};

/** The seats held on the day, with what their contract asks for one a month. */
export function heldOn(
  { contracts, on, toBase }: Pick<AdviceBooks, "contracts" | "on" | "toBase">,
  holdings: readonly Holding[],
): HeldNow[] {
  return holdings.flatMap((holding) => {
    const { subscriptionId, planId } = holding;
    const contract = contracts.get(subscriptionId);
    if (!contract || !holdsOn(holding, on) || seatsInForce(contract, planId, on) === 0) return [];
    return [{ subscriptionId, planId, monthlyMinor: seatPrice(contract, planId, on, toBase) }];
  });
}

/** What a seat of a contract costs a month on a day, by its terms. */
export function seatPrice(
  contract: NamedContract,
  planId: string,
  on: CalendarDate,
  toBase: ToBase,
): number | null {
  const term = termInForce(contract, planId, on);
  if (!term) return null;
  const { billingInterval } = contract;
  return toBase(monthlyOf({ unitPriceMinor: term.unitPriceMinor, billingInterval }), term.currency);
}

function seatUse(
  use: readonly MonthOfUse[],
  days: readonly ActiveDays[],
  {
    months,
    holdings,
    onKeys,
  }: Pick<AdviceBooks, "months"> & { holdings: readonly Holding[]; onKeys: boolean },
  toBase: ToBase,
): SeatUse | null {
  const firsts = [
    ...use.map(({ month }) => month),
    ...holdings.map(({ startsOn }) => monthOf(startsOn)),
  ].sort();
  const [first] = firsts;
  const sum = (costKind: MonthOfUse["costKind"]) =>
    sumToBase(
      use.filter((row) => row.costKind === costKind),
      toBase,
    );
  const [covered, onTop, metered] = [sum("api_equivalent"), sum("on_top"), sum("metered")];
  if (covered === null || onTop === null || metered === null) return null;
  return {
    months: months.filter((month) => first !== undefined && month >= first).length,
    activeDays: days.filter((row) => row.onKeys === onKeys).reduce((all, row) => all + row.days, 0),
    coveredMinor: covered,
    onTopMinor: onTop,
    meteredMinor: metered,
    // No source tells it yet.
    rateLimitHits: null,
    unpriced: use.some(({ unpriced, costKind }) => unpriced && (costKind === "metered") === onKeys),
  };
}

/** Sums of use in the books' currency, each currency rounded once. */
export function sumToBase(
  use: readonly Pick<MonthOfUse, "costNano" | "currency">[],
  toBase: ToBase,
): number | null {
  let sum = 0;
  for (const [currency, of] of Map.groupBy(use, (row) => row.currency)) {
    const nano = of.reduce((all, { costNano }) => all + costNano, 0n);
    const minor = toBase(minorOfNano(nano, fractionDigits(currency)), currency);
    if (minor === null) return null;
    sum += minor;
  }
  return sum;
}

/** The plans of a provider that could be held; null where one's price has no rate. */
export function ladderOf(
  { catalogue, contracts, on, toBase }: Pick<AdviceBooks, "catalogue" | "contracts" | "on" | "toBase">,
  serviceProviderId: string,
  interval: "month" | "year",
): PricedPlan[] | null {
  let seats = 0;
  for (const contract of contracts.values()) {
    if (contract.serviceProviderId !== serviceProviderId) continue;
    for (const planId of plansOf(contract)) seats += seatsInForce(contract, planId, on);
  }
  const asked = { serviceProviderId, interval, seats, on };
  const plans = holdablePlans(catalogue.plans, catalogue.prices, asked).map((plan) => ({
    planId: plan.planId,
    monthlyMinor: toBase(plan.monthlyMinor, plan.currency),
  }));
  const priced = plans.flatMap(({ planId, monthlyMinor }) =>
    monthlyMinor === null ? [] : [{ planId, monthlyMinor }],
  );
  return priced.length < plans.length ? null : priced;
}
