import type { MarginOfLine } from "@/lib/budget/expected-data";
import type { BudgetFigures, BudgetRow } from "@/lib/budget/schema";
import { budgetLines, type LineFigures, type LineRow, type LineSum } from "@/lib/domain/budget-line";
import { type BudgetedRow, budgetedLines } from "@/lib/domain/budgeted";
import { type ExpectedRow, nothingExpected } from "@/lib/domain/expected-lines";
import { landingOf } from "@/lib/domain/landing";
import { money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";

/** What a row is expected to come to beyond its actual cost. */
export type Landing = {
  readonly expected: ExpectedRow;
  /** What credit will cover of it beside that. */
  readonly covered: ExpectedRow;
  readonly margin: MarginOfLine | undefined;
  readonly running: Month;
  readonly openings: ReadonlySet<Month>;
};

export function toRow(
  row: LineRow,
  budgeted: BudgetedRow,
  { expected, covered, margin, running, openings }: Landing,
  currency: string,
): BudgetRow {
  const aheadOf = (expectedMinor: number | null, coveredMinor: number | null): Ahead =>
    expectedMinor === null ? null : { expectedMinor, coveredMinor: coveredMinor ?? 0 };
  return {
    months: row.months.map(({ month, ...figures }, index) => ({
      month,
      opening: openings.has(month),
      ...toFigures(
        figures,
        budgeted.months[index] ?? null,
        aheadOf(expected.months[index] ?? null, covered.months[index] ?? null),
        currency,
      ),
      range: month === running ? rangeOf(figures, expected.months[index] ?? null, margin, currency) : null,
    })),
    total: {
      ...toFigures(row.total, budgeted.total, aheadOf(expected.total, covered.total), currency),
      range: null,
    },
  };
}

/**
 * The lines of one person after another: only what was spent, mostly in one line of the three. Ten thousand of them share
 * what they have in the others, and the sum of all where there is but one.
 */
export function spentLines({
  months,
  currency,
  ...landing
}: Pick<Landing, "running" | "openings"> & { readonly months: readonly Month[]; readonly currency: string }) {
  const untold = nothingExpected(months);
  const nothing = budgetLines([], months);
  const { total: unplanned } = budgetedLines(nothing.lines, []);
  const rowOf = (row: LineRow) =>
    toRow(row, unplanned, { ...landing, expected: untold, covered: untold, margin: undefined }, currency);
  const empty = rowOf(nothing.total);
  return (part: readonly LineSum[]) => {
    const purposes = new Set(part.map(({ purpose }) => purpose));
    const { lines, total } = budgetLines(part, months);
    const sum = rowOf(total);
    const lineOf = ({ purpose, ...row }: (typeof lines)[number]) =>
      !purposes.has(purpose) ? empty : purposes.size === 1 ? sum : rowOf(row);
    return { lines: lines.map((line) => ({ purpose: line.purpose, ...lineOf(line) })), total: sum };
  };
}

type Ahead = { readonly expectedMinor: number; readonly coveredMinor: number } | null;

const toFigures = (
  { billedMinor, estimatedMinor, actualMinor, coveredMinor }: LineFigures,
  budgetedMinor: number | null,
  ahead: Ahead,
  currency: string,
): Omit<BudgetFigures, "range"> => ({
  billed: money(billedMinor, currency),
  estimated: money(estimatedMinor, currency),
  actual: money(actualMinor, currency),
  beforeCredits: money(actualMinor + coveredMinor, currency),
  budgeted: budgetedMinor === null ? null : money(budgetedMinor, currency),
  variance: budgetedMinor === null ? null : money(budgetedMinor - actualMinor, currency),
  forecast: ahead && money(actualMinor + ahead.expectedMinor, currency),
  forecastBeforeCredits:
    ahead && money(actualMinor + coveredMinor + ahead.expectedMinor + ahead.coveredMinor, currency),
});

function rangeOf(
  { actualMinor }: LineFigures,
  expectedMinor: number | null,
  margin: MarginOfLine | undefined,
  currency: string,
): BudgetFigures["range"] {
  if (expectedMinor === null || !margin) return null;
  const { range } = landingOf({ actualMinor, expectedMinor }, [margin]);
  if (range === null || range.lowMinor === range.highMinor) return null;
  return { low: money(range.lowMinor, currency), high: money(range.highMinor, currency) };
}
