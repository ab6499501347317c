import { PURPOSES, type Purpose } from "./facts";
import type { EntryState } from "./ledger-entry";
import { sumMinor } from "./money";
import type { Month } from "./month";

/** A sum of ledger entries of one month, purpose and state, in minor units of the organization's currency. */
export type LineSum = {
  readonly month: Month;
  readonly purpose: Purpose;
  readonly state: EntryState;
  readonly baseCostMinor: number;
  /** What credit given to us paid for beside it. */
  readonly coveredMinor: number;
};

/** What a line came to: `actual` is billed and estimated together; `covered` is no part of it. */
export type LineFigures = {
  readonly billedMinor: number;
  readonly estimatedMinor: number;
  readonly actualMinor: number;
  readonly coveredMinor: number;
};

export type LineRow = {
  readonly months: readonly (LineFigures & { readonly month: Month })[];
  readonly total: LineFigures;
};

/** The three lines, always in their order, with a figure for every month, and what they come to together. */
export function budgetLines(
  sums: readonly LineSum[],
  months: readonly Month[],
): { readonly lines: readonly (LineRow & { readonly purpose: Purpose })[]; readonly total: LineRow } {
  const ofPurpose = Map.groupBy(sums, ({ purpose }) => purpose);
  const lines = PURPOSES.map((purpose) => ({ purpose, ...row(ofPurpose.get(purpose) ?? [], months) }));
  return { lines, total: row(sums, months) };
}

function row(sums: readonly LineSum[], months: readonly Month[]): LineRow {
  const byMonth = Map.groupBy(sums, ({ month }) => month);
  return {
    months: months.map((month) => ({ month, ...figures(byMonth.get(month) ?? []) })),
    total: figures(sums),
  };
}

const NOTHING: LineFigures = { billedMinor: 0, estimatedMinor: 0, actualMinor: 0, coveredMinor: 0 };

function figures(sums: readonly LineSum[]): LineFigures {
  if (sums.length === 0) return NOTHING;
  const of = (state: EntryState) =>
    sumMinor(sums.filter((sum) => sum.state === state).map((sum) => sum.baseCostMinor));
  const billedMinor = of("billed");
  const estimatedMinor = of("estimated");
  const coveredMinor = sumMinor(sums.map((sum) => sum.coveredMinor));
  return { billedMinor, estimatedMinor, actualMinor: billedMinor + estimatedMinor, coveredMinor };
}
