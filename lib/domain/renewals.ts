import { billingCycles } from "./billing-cycle";
import { addDays, addMonths, type CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { BillingInterval, Subscription } from "./facts";
import { type ListPrice, type ProposedTerm, proposedTerms, withTerms } from "./list-price";
import { plansOf, seatsInForce, termInForce } from "./seat-ledger";

export type RenewingContract = Pick<
  Subscription,
  "id" | "terms" | "endsOn" | "billingInterval" | "billingAnchor"
> & {
  /** The day on which the contract as a whole renews, every year; null: with every cycle. */
  readonly renewsOn: CalendarDate | null;
  readonly noticeDays: number | null;
};

/** Seats of one plan, as they renew. */
export type RenewingSeats = {
  readonly planId: string;
  readonly seats: number;
  /** Per seat and billing interval, in force on the day. */
  readonly unitPriceMinor: number;
  readonly currency: Currency;
  /** What it was before, where a list price that begins by then proposes another. */
  readonly beforeMinor: number | null;
  readonly listedOn: CalendarDate | null;
};

export type Renewal = {
  readonly subscriptionId: string;
  readonly renewsOn: CalendarDate;
  /** How often it comes back. */
  readonly every: BillingInterval;
  /** The last day on which it can be called off or made smaller. */
  readonly cancelBy: CalendarDate;
  /** Whether a notice is agreed; else the day before is taken. */
  readonly noticeKnown: boolean;
  readonly lines: readonly RenewingSeats[];
  /** How many billing intervals are bought with it: a contract billed by the month may renew for a year. */
  readonly intervals: number;
};

const MONTHS = 12;

/**
 * When contracts renew, and for how much: their seats on that day at the price that will then be in force, list prices
 * that begin by then among them. A contract that states a day renews on it every year, another with every cycle, of which
 * the next is told. One that ends by then renews no more, and neither does one without seats.
 *
 * @param prices list prices of all plans, dated
 * @returns those after `today` and before `until`, in time order
 */
export function renewalsOf(
  contracts: readonly RenewingContract[],
  prices: readonly ListPrice[],
  { today, until }: { today: CalendarDate; until: CalendarDate },
): Renewal[] {
  return contracts
    .flatMap((contract) => {
      const plans = new Set(plansOf(contract));
      const proposals = proposedTerms(
        contract,
        prices.filter(({ planId }) => plans.has(planId)),
        { today, until },
      );
      return renewalDays(contract, { today, until }).flatMap((day) => {
        const renewal = renewalOn(contract, proposals, day);
        return renewal.lines.length > 0 ? [renewal] : [];
      });
    })
    .sort((a, b) => (a.renewsOn < b.renewsOn ? -1 : a.renewsOn > b.renewsOn ? 1 : 0));
}

function renewalOn(
  contract: RenewingContract,
  proposals: readonly ProposedTerm[],
  day: CalendarDate,
): Renewal {
  const { id, renewsOn, billingInterval, noticeDays } = contract;
  return {
    subscriptionId: id,
    renewsOn: day,
    every: renewsOn === null ? billingInterval : "year",
    cancelBy: cancelBy(day, noticeDays),
    noticeKnown: noticeDays !== null,
    lines: linesOn(contract, proposals, day),
    intervals: renewsOn !== null && billingInterval === "month" ? MONTHS : 1,
  };
}

function linesOn(
  contract: RenewingContract,
  proposals: readonly ProposedTerm[],
  day: CalendarDate,
): RenewingSeats[] {
  const proposed = withTerms(contract, proposals);
  return plansOf(proposed).flatMap((planId) => {
    const term = termInForce(proposed, planId, day);
    const seats = seatsInForce(proposed, planId, day);
    if (term === null || seats === 0) return [];
    const proposal = proposals.findLast((one) => one.planId === planId && one.startsOn <= day);
    const { unitPriceMinor, currency } = term;
    const dearer = proposal !== undefined && proposal.unitPriceMinor === unitPriceMinor;
    return [
      {
        ...{ planId, seats, unitPriceMinor, currency },
        beforeMinor: dearer ? proposal.beforeMinor : null,
        listedOn: dearer ? proposal.listedOn : null,
      },
    ];
  });
}

/** The last day for saying so: a notice of so many days before, at the latest the day before. */
export const cancelBy = (renewsOn: CalendarDate, noticeDays: number | null): CalendarDate =>
  addDays(renewsOn, -Math.max(1, noticeDays ?? 1));

/** The days after `today` on which a contract renews: a stated one every year, else the next cycle's start. */
function renewalDays(
  { renewsOn, endsOn, billingAnchor, billingInterval }: RenewingContract,
  { today, until }: { today: CalendarDate; until: CalendarDate },
): CalendarDate[] {
  const end = endsOn !== null && endsOn < until ? endsOn : until;
  if (renewsOn === null) {
    const reach = { from: today, until: addMonths(today, MONTHS + 1) };
    const next = billingCycles(billingAnchor, billingInterval, reach)
      .map(({ start }) => start)
      .find((start) => start > today && start > billingAnchor);
    return next !== undefined && next < end ? [next] : [];
  }
  const days: CalendarDate[] = [];
  for (let years = 0; addMonths(renewsOn, MONTHS * years) < end; years++) {
    const day = addMonths(renewsOn, MONTHS * years);
    if (day > today) days.push(day);
  }
  return days;
}

/** What a renewal costs for one billing interval, by currency. */
export function renewalCost({ lines }: Pick<Renewal, "lines">): ReadonlyMap<Currency, number> {
  const costs = new Map<Currency, number>();
  for (const { seats, unitPriceMinor, currency } of lines) {
    costs.set(currency, (costs.get(currency) ?? 0) + seats * unitPriceMinor);
  }
  return costs;
}

/** The first renewal that can still be called off or made smaller. */
export const nextToAct = (
  renewals: readonly Renewal[],
  subscriptionId: string,
  today: CalendarDate,
): Renewal | null =>
  renewals.find((renewal) => renewal.subscriptionId === subscriptionId && renewal.cancelBy >= today) ?? null;
