import type { Books } from "./books";
import type { CalendarDate } from "./calendar-date";
import { type ExpectedCost, type ForecastReach, sumExact } from "./expected-cost";
import type { Subscription } from "./facts";
import { type ListPrice, proposedTerms, withTerms } from "./list-price";
import { isOfContract, type PlanChange, type ScenarioChange } from "./scenario";
import { withChanges } from "./scenario-seats";
import type { SeatFee } from "./seat-coverage";
import { seatCostAhead } from "./seat-forecast";
import { plansOf } from "./seat-ledger";

type Known = {
  readonly fees: readonly SeatFee[];
  /** List prices of the contract's plans, and of those that its seats move to. */
  readonly prices: readonly ListPrice[];
  readonly renewsOn: CalendarDate | null;
};

/** What a scenario adds to what is expected, or takes from it, and the moves of which no price is known. */
export type SeatEffect = {
  readonly costs: readonly ExpectedCost[];
  readonly unpriced: readonly PlanChange[];
};

const NOTHING: SeatEffect = { costs: [], unpriced: [] };

/**
 * What a scenario changes in the seats of a contract: the house's own forecast of the contract as it would be, less that
 * of the contract as it is. List prices that begin later come to both at the renewal; a changed one only to the first.
 *
 * @param changes as `settledChanges` has them
 * @param books with the proration rules of all plans, and rates of all currencies, that the changes bring
 * @returns differences by month, line and cost object; nothing when no change is about the contract
 */
export function scenarioSeatEffect(
  subscription: Subscription,
  { fees, prices, renewsOn }: Known,
  changes: readonly ScenarioChange[],
  { books, reach }: { books: Books; reach: ForecastReach },
): SeatEffect {
  const listed = listedPrices(subscription, changes);
  const own = changes.some((change) => isOfContract(change) && change.subscriptionId === subscription.id);
  if (!own && listed.length === 0) return NOTHING;

  const proposed = (of: readonly ListPrice[]): Subscription =>
    withTerms(
      subscription,
      proposedTerms({ ...subscription, renewsOn }, of, { today: reach.today, until: reach.end }),
    );
  const all = [...prices, ...listed];
  const { contract, unpriced } = withChanges(proposed(all), changes, { today: reach.today, prices: all });
  const costs = seatCostAhead(contract, fees, books, reach);
  const real = seatCostAhead(proposed(prices), fees, books, reach);
  return { costs: sumExact([...costs, ...real.map(negated)]), unpriced };
}

/** The list prices that a scenario brings to the plans of a contract. */
function listedPrices(subscription: Subscription, changes: readonly ScenarioChange[]): ListPrice[] {
  const plans = plansOf(subscription);
  return changes.flatMap((change) => {
    if (change.kind !== "list_price" || !plans.includes(change.planId)) return [];
    const { planId, billingInterval, from, unitPrice } = change;
    return [
      {
        ...{ planId, billingInterval, startsOn: from },
        ...{ unitPriceMinor: unitPrice.minor, currency: unitPrice.currency },
      },
    ];
  });
}

const negated = (cost: ExpectedCost): ExpectedCost => ({
  ...cost,
  costMinor: 0 - cost.costMinor,
  baseCostMinor: 0 - cost.baseCostMinor,
});
