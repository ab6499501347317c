/** What is compared with the budget: what the month has cost, or what the running month is forecast to cost. */
export const THRESHOLD_BASES = ["actual", "forecast"] as const;
export type ThresholdBasis = (typeof THRESHOLD_BASES)[number];

/** A share of a budget at which somebody wants to know. */
export const PERCENT_MAX = 1_000;

/**
 * Whether a cost has come to so many percent of its budget. What is budgeted with nothing is at every share as soon as it
 * costs something; without a budget there is nothing to compare with.
 */
export function isReached(
  percent: number,
  { budgetedMinor, actualMinor }: { readonly budgetedMinor: number | null; readonly actualMinor: number },
): boolean {
  if (budgetedMinor === null || actualMinor <= 0) return false;
  return BigInt(actualMinor) * 100n >= BigInt(percent) * BigInt(budgetedMinor);
}
