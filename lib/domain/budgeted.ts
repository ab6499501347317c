import type { LineRow } from "./budget-line";
import { PLANNED_PURPOSES, type PlannedPurpose } from "./budget-plan";
import type { Purpose } from "./facts";
import { sumMinor } from "./money";
import type { Month } from "./month";

/** What is planned for a month of a line. */
export type PlanSum = {
  readonly month: Month;
  readonly purpose: PlannedPurpose;
  readonly amountMinor: number;
};

/** The budget of each month and of all of them together, in minor units; null where there is none to compare with. */
export type BudgetedRow = { readonly months: readonly (number | null)[]; readonly total: number | null };

type Line = LineRow & { readonly purpose: Purpose };

/**
 * The budgets to set beside the actual costs of some months.
 *
 * A sum of budgets is compared with a sum of costs, so it is there only if every part of it that cost something was
 * planned: a month without a plan, or a line, that cost nothing takes nothing away. What is unclassified is never
 * planned and still uses up the budget of both lines together.
 */
export function budgetedLines(
  lines: readonly Line[],
  plan: readonly PlanSum[],
): { readonly lines: Readonly<Record<Purpose, BudgetedRow>>; readonly total: BudgetedRow } {
  const rowOf = (purpose: Purpose): BudgetedRow => {
    const line = lines.find((one) => one.purpose === purpose);
    const own = Map.groupBy(
      plan.filter((one) => one.purpose === purpose),
      ({ month }) => month,
    );
    const months = (line?.months ?? []).map(({ month, actualMinor }) => {
      const amounts = own.get(month)?.map(({ amountMinor }) => amountMinor);
      return { budgeted: amounts ? sumMinor(amounts) : null, spent: actualMinor !== 0 };
    });
    return { months: months.map(({ budgeted }) => budgeted), total: comparable(months) };
  };
  const rows = {
    developer_leverage: rowOf("developer_leverage"),
    product_running: rowOf("product_running"),
    unclassified: rowOf("unclassified"),
  };
  const months = (lines[0]?.months ?? []).map((_, index) => {
    const parts = PLANNED_PURPOSES.map((purpose) => ({
      budgeted: rows[purpose].months[index] ?? null,
      spent: lines.find((line) => line.purpose === purpose)?.months[index]?.actualMinor !== 0,
    }));
    const spent = lines.some((line) => line.months[index]?.actualMinor !== 0);
    return { budgeted: comparable(parts), spent };
  });
  return {
    lines: rows,
    total: { months: months.map(({ budgeted }) => budgeted), total: comparable(months) },
  };
}

type Part = { readonly budgeted: number | null; readonly spent: boolean };

function comparable(parts: readonly Part[]): number | null {
  const planned = parts.flatMap(({ budgeted }) => budgeted ?? []);
  if (planned.length === 0 || parts.some(({ budgeted, spent }) => budgeted === null && spent)) return null;
  return sumMinor(planned);
}
