import { fiscalYearStartOf, type Month, monthsBetween, shiftMonth } from "./month";

/** Of which months the budget page tells, around the one that is chosen. */
export const BUDGET_PERIODS = ["twelve_months", "fiscal_quarter", "year_to_date", "fiscal_year"] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

export const BUDGET_PERIOD_NAMES = {
  twelve_months: "Twelve months",
  fiscal_quarter: "Fiscal quarter",
  year_to_date: "Year to date",
  fiscal_year: "Fiscal year",
} as const satisfies Record<BudgetPeriod, string>;

const MONTHS_PER_YEAR = 12;
const MONTHS_PER_QUARTER = 3;

/**
 * The first and last month of a period.
 *
 * - `twelve_months`: up to the chosen month.
 * - `fiscal_quarter`, `fiscal_year`: those that the month lies in, whole, months to come among them.
 * - `year_to_date`: from the fiscal year's first month to the chosen one.
 *
 * @param fiscalYearStart 1 to 12, the calendar month in which a fiscal year begins
 */
export function monthsOfPeriod(
  period: BudgetPeriod,
  month: Month,
  fiscalYearStart: number,
): { readonly from: Month; readonly to: Month } {
  const year = fiscalYearStartOf(month, fiscalYearStart);
  switch (period) {
    case "twelve_months":
      return { from: shiftMonth(month, 1 - MONTHS_PER_YEAR), to: month };
    case "fiscal_quarter": {
      const passed = monthsBetween(year, month).length - 1;
      const from = shiftMonth(year, passed - (passed % MONTHS_PER_QUARTER));
      return { from, to: shiftMonth(from, MONTHS_PER_QUARTER - 1) };
    }
    case "year_to_date":
      return { from: year, to: month };
    case "fiscal_year":
      return { from: year, to: shiftMonth(year, MONTHS_PER_YEAR - 1) };
  }
}
