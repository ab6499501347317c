import type { Purpose } from "./facts";
import type { EntryKind, EntryState } from "./ledger-entry";
import { sumMinor } from "./money";
import type { Month } from "./month";

/** A sum of ledger entries that touches a month, by the month it counts in or the month it was invoiced in. */
export type BridgeSum = {
  readonly kind: EntryKind;
  readonly month: Month;
  readonly billingMonth: Month;
  readonly purpose: Purpose;
  readonly state: EntryState;
  readonly selfAssessed: boolean;
  readonly baseCostMinor: number;
  /** The closed month that it corrects, if any. */
  readonly correctionOf?: Month | null;
};

export type BridgeFigures = {
  readonly invoicesIssued: number;
  readonly recoverableTax: number;
  readonly selfAssessedTax: number;
  readonly outOfScope: number;
  readonly spreadToOtherMonths: number;
  readonly spreadFromOtherMonths: number;
  readonly prepaidOpened: number;
  readonly creditsDrawn: number;
  readonly estimates: number;
  readonly corrections: number;
};

/**
 * From the invoices of a month to its three lines: every step with the sign with which it enters the sum, which is
 * the effective cost of the month, to the cent. What was invoiced in it for a closed month is spread to that month, and
 * comes back as far as it corrects it.
 *
 * @param sums every sum whose month or billing month is `month`; minor units of the organization's currency
 */
export function bridge(sums: readonly BridgeSum[], month: Month): BridgeFigures {
  const sumOf = (matches: (sum: BridgeSum) => boolean) =>
    sumMinor(sums.filter(matches).map((sum) => sum.baseCostMinor));
  const issued = (sum: BridgeSum) => sum.state === "billed" && sum.billingMonth === month;
  const corrects = (sum: BridgeSum) => (sum.correctionOf ?? null) !== null;
  const cost = (sum: BridgeSum) => sum.kind === "cost" && sum.state === "billed";
  const ownMonth = (sum: BridgeSum) => sum.month === month && !corrects(sum);
  return {
    invoicesIssued: sumOf((sum) => issued(sum) && !sum.selfAssessed),
    recoverableTax: negative(sumOf((sum) => issued(sum) && sum.kind === "recoverable_tax")),
    selfAssessedTax: sumOf((sum) => issued(sum) && sum.selfAssessed),
    outOfScope: negative(sumOf((sum) => issued(sum) && sum.kind === "out_of_scope")),
    spreadToOtherMonths: negative(sumOf((sum) => cost(sum) && issued(sum) && !ownMonth(sum))),
    spreadFromOtherMonths: sumOf((sum) => cost(sum) && ownMonth(sum) && sum.billingMonth !== month),
    prepaidOpened: negative(sumOf((sum) => issued(sum) && sum.kind === "prepaid")),
    creditsDrawn: negative(sumOf((sum) => issued(sum) && sum.kind === "prepaid_drawn")),
    estimates: sumOf((sum) => sum.kind === "cost" && sum.state === "estimated" && ownMonth(sum)),
    corrections: sumOf((sum) => sum.kind === "cost" && sum.month === month && corrects(sum)),
  };
}

const negative = (minor: number): number => (minor === 0 ? 0 : -minor);
