import { billingCycles, calendarMonthCycles } from "./billing-cycle";
import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { invariant } from "./errors";
import type { ProrationRule, Subscription } from "./facts";
import { divideHalfEven } from "./money";
import { daysIn, type Period } from "./period";
import { plansOf, seatsInForce, termInForce } from "./seat-ledger";

/** What the seat ledger says that the provider should charge. */
export type ExpectedCharge = {
  readonly planId: string;
  /** Seats of the cycle's start, seats added later, or seats moved up from a cheaper plan. */
  readonly kind: "cycle_start" | "addition" | "upgrade";
  /** The plan that upgraded seats came from. */
  readonly fromPlanId: string | null;
  readonly cycle: Period;
  /** From the day of the change, included, to the cycle's end. */
  readonly period: Period;
  readonly seats: number;
  /** Per seat and billing interval; of an upgrade, the difference. */
  readonly unitPriceMinor: number;
  readonly amountMinor: number;
  readonly currency: Currency;
};

type Contract = Pick<Subscription, "terms" | "endsOn" | "billingInterval" | "billingAnchor">;

/**
 * What a provider should charge for a contract: for each cycle and plan one row for the seats at the cycle's start
 * and one for each later addition beyond the seats paid so far. Estimates, prefilled drafts, reconciliation and the
 * forecast all read it.
 *
 * - `prorated`: an addition pays the rest of the cycle by days, the day of the change included, rounded half to even
 *   once per change; a seat given back stays paid to the cycle's end; moving up to a dearer plan pays the difference.
 * - `full_cycle`: an addition pays the whole cycle.
 * - `calendar_month`: any day held in a calendar month costs the month, whatever the anchor.
 * - `as_billed`: nothing is expected.
 *
 * @param rules the proration rule of each plan
 * @param until rows that begin on this day or later are left out
 * @returns rows in time order, within a day in the order of the plans; amounts in minor units of each term's currency
 */
export function expectedCharges(
  contract: Contract,
  rules: ReadonlyMap<string, ProrationRule>,
  until: CalendarDate,
): ExpectedCharge[] {
  const plans = plansOf(contract);
  const byAnchor = plans.filter((plan) => ["prorated", "full_cycle"].includes(ruleOf(rules, plan)));
  const byMonth = plans.filter((plan) => ruleOf(rules, plan) === "calendar_month");
  const from = contract.terms.reduce((first, term) => (term.startsOn < first ? term.startsOn : first), until);

  const cycles = billingCycles(contract.billingAnchor, contract.billingInterval, { from, until });
  const rows = [
    ...(byAnchor.length ? cycles.flatMap((cycle) => cycleCharges(contract, byAnchor, rules, cycle)) : []),
    ...(byMonth.length
      ? calendarMonthCycles({ from, until }).flatMap((month) => cycleCharges(contract, byMonth, rules, month))
      : []),
  ];
  return rows
    .filter((row) => row.period.start < until)
    .sort((a, b) => (a.period.start < b.period.start ? -1 : a.period.start > b.period.start ? 1 : 0));
}

function ruleOf(rules: ReadonlyMap<string, ProrationRule>, planId: string): ProrationRule {
  const rule = rules.get(planId);
  invariant(rule !== undefined, "every plan of a contract has a proration rule");
  return rule;
}

function cycleCharges(
  contract: Contract,
  plans: readonly string[],
  rules: ReadonlyMap<string, ProrationRule>,
  cycle: Period,
): ExpectedCharge[] {
  const rows: ExpectedCharge[] = [];
  /** Seats of each plan that are paid to the cycle's end, held or not. */
  const paid = new Map<string, number>();

  for (const planId of plans) {
    const seats = seatsInForce(contract, planId, cycle.start);
    paid.set(planId, seats);
    if (seats > 0)
      rows.push(row(contract, { planId, kind: "cycle_start", cycle, start: cycle.start, seats }));
  }
  let before = new Map(paid);
  for (const day of changesWithin(contract, cycle)) {
    const now = new Map(plans.map((planId) => [planId, seatsInForce(contract, planId, day)]));
    const givenBack = new Map(plans.map((planId) => [planId, get(before, planId) - get(now, planId)]));

    for (const planId of plans) {
      let added = get(now, planId) - get(paid, planId);
      if (added <= 0) continue;
      paid.set(planId, get(now, planId));
      if (rules.get(planId) === "prorated") {
        for (const source of cheaperPlans(contract, plans, planId, day)) {
          const seats = Math.min(added, get(givenBack, source));
          if (seats <= 0) continue;
          rows.push(upgradeRow(contract, { planId, fromPlanId: source, cycle, start: day, seats }));
          givenBack.set(source, get(givenBack, source) - seats);
          paid.set(source, get(paid, source) - seats);
          added -= seats;
        }
      }
      if (added === 0) continue;
      const whole = rules.get(planId) !== "prorated";
      rows.push(row(contract, { planId, kind: "addition", cycle, start: day, seats: added }, whole));
    }
    before = now;
  }
  return rows;
}

const get = (seats: ReadonlyMap<string, number>, planId: string): number => seats.get(planId) ?? 0;

function changesWithin({ terms, endsOn }: Contract, { start, end }: Period): CalendarDate[] {
  const days = new Set(terms.map((term) => term.startsOn));
  if (endsOn !== null) days.add(endsOn);
  return [...days].filter((day) => start < day && day < end).sort();
}

function cheaperPlans(
  contract: Contract,
  plans: readonly string[],
  planId: string,
  day: CalendarDate,
): string[] {
  const dearer = priceOf(contract, planId, day);
  return plans.filter((other) => {
    const price = termInForce(contract, other, day);
    return (
      other !== planId &&
      price !== null &&
      price.currency === dearer.currency &&
      price.unitPriceMinor < dearer.unitPriceMinor
    );
  });
}

function priceOf(contract: Contract, planId: string, day: CalendarDate) {
  const term = termInForce(contract, planId, day);
  invariant(term !== null, "a plan with seats has a term in force");
  return term;
}

type Change = {
  planId: string;
  kind: "cycle_start" | "addition";
  cycle: Period;
  start: CalendarDate;
  seats: number;
};

function row(
  contract: Contract,
  { start, cycle, ...change }: Change,
  whole = change.kind === "cycle_start",
): ExpectedCharge {
  const { unitPriceMinor, currency } = priceOf(contract, change.planId, start);
  const period = { start, end: cycle.end };
  const full = unitPriceMinor * change.seats;
  const amountMinor = whole ? full : prorate(full, period, cycle);
  return { ...change, fromPlanId: null, cycle, period, unitPriceMinor, amountMinor, currency };
}

type Upgrade = { planId: string; fromPlanId: string; cycle: Period; start: CalendarDate; seats: number };

function upgradeRow(contract: Contract, { start, cycle, ...upgrade }: Upgrade): ExpectedCharge {
  const { unitPriceMinor: dearer, currency } = priceOf(contract, upgrade.planId, start);
  const unitPriceMinor = dearer - priceOf(contract, upgrade.fromPlanId, start).unitPriceMinor;
  const period = { start, end: cycle.end };
  const amountMinor = prorate(unitPriceMinor * upgrade.seats, period, cycle);
  return { ...upgrade, kind: "upgrade", cycle, period, unitPriceMinor, amountMinor, currency };
}

/** The part of a cycle's price for a part of its days, rounded half to even once. */
function prorate(amountMinor: number, part: Period, cycle: Period): number {
  return divideHalfEven(BigInt(amountMinor) * BigInt(daysIn(part)), BigInt(daysIn(cycle)));
}
