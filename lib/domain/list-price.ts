import { billingCycles } from "./billing-cycle";
import { addMonths, type CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { BillingInterval, Subscription, SubscriptionTerm } from "./facts";
import { seatsInForce, termInForce } from "./seat-ledger";

/** What a provider's plan costs at list from a day on, per seat and billing interval. */
export type ListPrice = {
  readonly planId: string;
  readonly startsOn: CalendarDate;
  readonly billingInterval: BillingInterval;
  readonly unitPriceMinor: number;
  readonly currency: Currency;
};

/** A term that nobody agreed to yet, but that a new list price brings at the renewal. */
export type ProposedTerm = SubscriptionTerm & {
  /** From this day the list has the new price. */
  readonly listedOn: CalendarDate;
  readonly beforeMinor: number;
};

type Contract = Pick<Subscription, "terms" | "endsOn" | "billingInterval" | "billingAnchor"> & {
  /** The day on which the contract as a whole renews; null: with every cycle. */
  readonly renewsOn: CalendarDate | null;
};

/**
 * The terms that dated list prices propose: a plan that is paid at list before a new price is taken to be paid at list
 * after it, from the next renewal on. A contract at a price of its own stays at it, and so does a term that was entered
 * for the day of the renewal itself; no past or present cost changes.
 *
 * @param prices of the contract's plans, in any order
 * @returns in time order, each after `today` and before `until`
 */
export function proposedTerms(
  contract: Contract,
  prices: readonly ListPrice[],
  { today, until }: { today: CalendarDate; until: CalendarDate },
): ProposedTerm[] {
  const proposals: ProposedTerm[] = [];
  for (const { before, price } of changesOf(prices, contract.billingInterval)) {
    const { planId, currency, unitPriceMinor, startsOn } = price;
    const renewal = renewalFrom(contract, startsOn);
    if (renewal <= today || renewal >= until) continue;
    const agreed = contract.terms.some((term) => term.planId === planId && term.startsOn === renewal);
    const term = termInForce({ terms: [...contract.terms, ...proposals] }, planId, renewal);
    const atList = term !== null && term.currency === currency && term.unitPriceMinor === before;
    if (agreed || !atList || seatsInForce(contract, planId, renewal) === 0) continue;
    const proposal = { planId, currency, unitPriceMinor, listedOn: startsOn, beforeMinor: before };
    const later = contract.terms.filter(
      (one) => one.planId === planId && one.startsOn > renewal && one.unitPriceMinor === before,
    );
    const starts = [{ startsOn: renewal, seats: term.seats }, ...later];
    for (const { startsOn: from, seats } of starts) {
      const earlier = proposals.findIndex((one) => one.planId === planId && one.startsOn === from);
      if (earlier >= 0) proposals.splice(earlier, 1);
      proposals.push({ ...proposal, startsOn: from, seats });
    }
  }
  return proposals.sort((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0));
}

/** The contract as the proposals would have it. */
export function withTerms<C extends Pick<Subscription, "terms">>(
  contract: C,
  proposals: readonly SubscriptionTerm[],
): C {
  const replaced = new Set(proposals.map(({ planId, startsOn }) => `${planId} ${startsOn}`));
  const kept = contract.terms.filter(({ planId, startsOn }) => !replaced.has(`${planId} ${startsOn}`));
  return proposals.length === 0 ? contract : { ...contract, terms: [...kept, ...proposals] };
}

/** Each list price that differs from the one before it, in time order. */
function changesOf(prices: readonly ListPrice[], interval: BillingInterval) {
  const inTime = prices
    .filter(({ billingInterval }) => billingInterval === interval)
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0));
  const last = new Map<string, number>();
  return inTime.flatMap((price) => {
    const key = `${price.planId} ${price.currency}`;
    const before = last.get(key);
    last.set(key, price.unitPriceMinor);
    return before === undefined || before === price.unitPriceMinor ? [] : [{ before, price }];
  });
}

/** The first renewal on a day or after it: a stated one comes back every year. */
function renewalFrom(contract: Contract, date: CalendarDate): CalendarDate {
  const { renewsOn, billingAnchor, billingInterval } = contract;
  if (renewsOn !== null) {
    let years = 0;
    while (addMonths(renewsOn, 12 * years) < date) years++;
    return addMonths(renewsOn, 12 * years);
  }
  if (billingAnchor >= date) return billingAnchor;
  const [cycle] = billingCycles(billingAnchor, billingInterval, { from: date, until: addMonths(date, 1) });
  return cycle === undefined || cycle.start >= date ? (cycle?.start ?? date) : cycle.end;
}
