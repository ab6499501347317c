import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { BillingInterval } from "./facts";
import type { ListPrice } from "./list-price";
import { divideHalfEven } from "./money";

/** A plan of the catalogue as somebody might hold it. */
export type CataloguePlan = {
  readonly id: string;
  readonly serviceProviderId: string;
  readonly minimumSeats: number;
  /** In words; what begins with "none" is a fee beside which all use is charged. */
  readonly includedAllowance: string | null;
  readonly archived: boolean;
};

export type HoldablePlan = {
  readonly planId: string;
  readonly monthlyMinor: number;
  readonly currency: Currency;
};

/**
 * The plans of a provider that could be held, with what a seat costs a month at the list price in force: those that are
 * sold by the same interval, that include some use, and of which the seats there are would be enough to buy one.
 *
 * @param seats how many seats of the provider there are
 */
export function holdablePlans(
  plans: readonly CataloguePlan[],
  prices: readonly ListPrice[],
  {
    serviceProviderId,
    interval,
    seats,
    on,
  }: { serviceProviderId: string; interval: BillingInterval; seats: number; on: CalendarDate },
): HoldablePlan[] {
  return plans
    .filter((plan) => plan.serviceProviderId === serviceProviderId && !plan.archived && includesUse(plan))
    .filter(({ minimumSeats }) => minimumSeats <= Math.max(1, seats))
    .flatMap(({ id }) => {
      const price = prices
        .filter(({ planId, billingInterval }) => planId === id && billingInterval === interval)
        .filter(({ startsOn }) => startsOn <= on)
        .reduce<ListPrice | null>(
          (last, each) => (last && last.startsOn > each.startsOn ? last : each),
          null,
        );
      if (price === null || price.unitPriceMinor === 0) return [];
      return [{ planId: id, monthlyMinor: monthlyOf(price), currency: price.currency }];
    });
}

const includesUse = ({ includedAllowance }: CataloguePlan): boolean =>
  !/^none\b/i.test(includedAllowance ?? "");

/** What a price per interval is a month, half to even. */
export const monthlyOf = ({
  unitPriceMinor,
  billingInterval,
}: Pick<ListPrice, "unitPriceMinor" | "billingInterval">): number =>
  billingInterval === "year" ? divideHalfEven(BigInt(unitPriceMinor), 12n) : unitPriceMinor;
