import type { Currency } from "./currency";
import type { ExpectedCharge } from "./expected-charges";
import { add, type Money, money } from "./money";

/**
 * The most that a provider can bill for a period: what the seats cost anyway, and every metered account used up to its
 * spend limit. Committed and metered stay apart until this one sum.
 *
 * The service gives the `expectedCharges` whose cycle begins in the period, and one limit for each account or
 * subscription of the provider on which metered use is possible (a limit above others counts, those below it do not
 * add to it), all in the currency that the provider bills in.
 *
 * @param spendLimits null for metered use without a limit
 * @returns null when there is no maximum, because something metered has no limit
 * @throws DomainError `currency_mismatch` when one of them is in another currency
 * @example 400 seats at $19.00 and a limit of $5,000: $12,600
 */
export function maximumBill(
  charges: readonly Pick<ExpectedCharge, "amountMinor" | "currency">[],
  { spendLimits, currency }: { spendLimits: readonly (Money | null)[]; currency: Currency },
): Money | null {
  const fees = charges.map((charge) => money(charge.amountMinor, charge.currency));
  const limits = spendLimits.filter((limit) => limit !== null);
  if (limits.length < spendLimits.length) return null;
  return [...fees, ...limits].reduce(add, money(0, currency));
}
