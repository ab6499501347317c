import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { type ListPrice, proposedTerms } from "./list-price";
import type { RenewingContract } from "./renewals";

/** What a list price that begins later does to one contract, at its renewal. */
export type ProposedPrice = {
  readonly subscriptionId: string;
  readonly renewsOn: CalendarDate;
  readonly seats: number;
};

/** A list price that begins later, with the contracts that it comes to. */
export type PriceProposal = {
  readonly planId: string;
  readonly listedOn: CalendarDate;
  readonly billingInterval: ListPrice["billingInterval"];
  readonly currency: Currency;
  readonly beforeMinor: number;
  readonly afterMinor: number;
  /** In the order of their renewals. */
  readonly contracts: readonly ProposedPrice[];
};

/**
 * The list prices that the forecast will follow: each with the contracts that pay the list's and renew after it, as
 * `proposedTerms` has them.
 *
 * @returns in the order of the days from which the list has them, each with at least one contract
 */
export function priceProposals(
  contracts: readonly RenewingContract[],
  prices: readonly ListPrice[],
  span: { readonly today: CalendarDate; readonly until: CalendarDate },
): PriceProposal[] {
  const proposals = new Map<string, PriceProposal>();
  for (const contract of contracts) {
    const first = new Set<string>();
    for (const term of proposedTerms(contract, prices, span)) {
      const { planId, listedOn, currency, beforeMinor, unitPriceMinor: afterMinor, startsOn, seats } = term;
      const { billingInterval } = contract;
      const key = [listedOn, planId, billingInterval, currency, beforeMinor, afterMinor].join(" ");
      // Terms that were agreed for later days follow the price too; it came with the first.
      if (first.has(key)) continue;
      first.add(key);
      const { contracts: others } = proposals.get(key) ?? { contracts: [] };
      proposals.set(key, {
        ...{ planId, listedOn, billingInterval, currency, beforeMinor, afterMinor },
        contracts: [...others, { subscriptionId: contract.id, renewsOn: startsOn, seats }].sort((a, b) =>
          a.renewsOn < b.renewsOn ? -1 : a.renewsOn > b.renewsOn ? 1 : 0,
        ),
      });
    }
  }
  return [...proposals.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, proposal]) => proposal);
}
