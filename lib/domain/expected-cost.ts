import { allocate } from "./allocate";
import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { BillingModel, Purpose } from "./facts";
import type { Target } from "./ledger-entry";
import { firstDayOf, fiscalYearStartOf, type Month, monthOf, shiftMonth } from "./month";
import { isNothing, split } from "./posting";

/**
 * What one month is expected to cost beyond its ledger entries, for one line and cost object of one contract: nothing of
 * a past month, the rest of the running one, all of what no charge covers yet of those to come. No person is in it.
 */
export type ExpectedCost = {
  readonly month: Month;
  readonly purpose: Purpose;
  readonly billingModel: BillingModel;
  readonly teamId: string | null;
  readonly productId: string | null;
  readonly serviceProviderId: string;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
  readonly currency: Currency;
  readonly costMinor: number;
  readonly baseCostMinor: number;
  /** What credit given to us will cover beyond it: part of "before credits". */
  readonly baseCoveredMinor: number;
  /** How far the 80 % interval reaches below and above, in the books' currency: 0 where the cost is exact, null unknown. */
  readonly belowMinor: number | null;
  readonly aboveMinor: number | null;
};

/** Whose cost it is, before it is split. */
export type ExpectedOf = Pick<
  ExpectedCost,
  "month" | "billingModel" | "serviceProviderId" | "subscriptionId" | "apiAccountId" | "currency"
>;

export type ExpectedAmount = Pick<
  ExpectedCost,
  "costMinor" | "baseCostMinor" | "belowMinor" | "aboveMinor"
> & {
  readonly baseCoveredMinor?: number;
};

type Weighted = {
  readonly target: Pick<Target, "purpose" | "teamId" | "productId">;
  readonly weight: bigint;
};

/** Adds up people: an expectation is of a line, a team and a product. */
export function byCostObject(targets: readonly Weighted[]): Weighted[] {
  const objects = new Map<string, { target: Weighted["target"]; weight: bigint }>();
  for (const { target, weight } of targets) {
    const { purpose, teamId, productId } = target;
    const key = `${purpose} ${teamId} ${productId}`;
    const object = objects.get(key);
    if (object) object.weight += weight;
    else objects.set(key, { target: { purpose, teamId, productId }, weight });
  }
  return [...objects.values()];
}

/** Splits an expected amount, and its interval in the same proportion, over who will bear it; people are added up. */
export function expectedOf(
  of: ExpectedOf,
  amount: ExpectedAmount,
  targets: readonly Weighted[],
): ExpectedCost[] {
  const rows = byCostObject(targets);
  const weights = rows.map(({ weight }) => weight);
  const costs = split(amount, weights);
  const margin = (minor: number | null) => (minor === null ? null : allocate(minor, weights));
  const [below, above] = [margin(amount.belowMinor), margin(amount.aboveMinor)];
  const covered = allocate(amount.baseCoveredMinor ?? 0, weights);
  return rows.flatMap(({ target }, index) => {
    const cost = costs[index];
    const baseCoveredMinor = covered[index] ?? 0;
    const interval = { belowMinor: below?.[index] ?? null, aboveMinor: above?.[index] ?? null };
    const exact = !interval.belowMinor && !interval.aboveMinor;
    if (!cost || (isNothing(cost) && baseCoveredMinor === 0 && exact)) return [];
    return [{ ...of, ...target, ...cost, baseCoveredMinor, ...interval }];
  });
}

/** Adds up exact costs of the same month, line, cost object and contract. */
export function sumExact(costs: readonly ExpectedCost[]): ExpectedCost[] {
  const sums = new Map<string, ExpectedCost>();
  for (const cost of costs) {
    const { costMinor, baseCostMinor, ...of } = cost;
    const key = Object.values(of).join(" ");
    const sum = sums.get(key) ?? { ...cost, costMinor: 0, baseCostMinor: 0 };
    sums.set(key, {
      ...sum,
      costMinor: sum.costMinor + costMinor,
      baseCostMinor: sum.baseCostMinor + baseCostMinor,
    });
  }
  return [...sums.values()].filter((cost) => !isNothing(cost));
}

/** How far the forecast reaches: to the end of the next fiscal year, so that it can be planned. */
export type ForecastReach = {
  /** The day of the request. */
  readonly today: CalendarDate;
  /** The day after the running fiscal year. */
  readonly yearEnd: CalendarDate;
  /** The day after the last one that is forecast. */
  readonly end: CalendarDate;
};

/**
 * @param fiscalYearStart 1 to 12, the calendar month in which a fiscal year begins
 */
export function forecastReach(today: CalendarDate, fiscalYearStart: number): ForecastReach {
  const year = fiscalYearStartOf(monthOf(today), fiscalYearStart);
  return { today, yearEnd: firstDayOf(shiftMonth(year, 12)), end: firstDayOf(shiftMonth(year, 24)) };
}

/** The last month that is forecast. */
export const lastForecast = ({ end }: ForecastReach): Month => shiftMonth(monthOf(end), -1);
