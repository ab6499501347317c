import { allocate } from "./allocate";
import { sumMinor } from "./money";
import type { SettledDifference } from "./reconciliation";

/** What an invoice asks for and what was paid for it, in the books' currency. */
export type PaidInvoice = {
  readonly askedMinor: number;
  /** What left the bank account, fees included. */
  readonly paidMinor: number;
  readonly bankFeeMinor: number;
  /** What it asks for at the rate of the day of payment; null: it is in the books' currency, or there is no rate. */
  readonly askedAtPaymentMinor: number | null;
};

/**
 * What was paid otherwise than asked for, split over the parts of the invoice by what they cost, so that the parts of
 * all contracts sum to the whole.
 *
 * @param parts what each part of the invoice asks for
 */
export function settledDifferences(
  { askedMinor, paidMinor, bankFeeMinor, askedAtPaymentMinor }: PaidInvoice,
  parts: readonly number[],
): SettledDifference[] {
  const exchangeRateMinor = askedAtPaymentMinor === null ? 0 : askedAtPaymentMinor - askedMinor;
  const otherMinor = sumMinor([paidMinor, -askedMinor, -bankFeeMinor, -exchangeRateMinor]);
  const sizes = parts.map(Math.abs);
  const weights = sizes.some((size) => size > 0) ? sizes : sizes.map(() => 1);
  const [fees, rates, others] = [bankFeeMinor, exchangeRateMinor, otherMinor].map((whole) =>
    allocate(whole, weights),
  );
  return parts.map((_, index) => ({
    bankFeeMinor: fees?.[index] ?? 0,
    exchangeRateMinor: rates?.[index] ?? 0,
    otherMinor: others?.[index] ?? 0,
  }));
}
