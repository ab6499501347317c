import type { Budget, BudgetLine } from "@/lib/budget/schema";
import { type CsvDecimal, csvName, csvText } from "@/lib/domain/csv-text";
import { type Money, toDecimal } from "@/lib/domain/money";

const COLUMNS = [
  "month",
  "note",
  "purpose",
  "team",
  "product",
  "base_currency",
  "budgeted",
  "actual",
  "estimated",
  "before_credits",
  "variance",
  "forecast",
];

type Group = Budget["groups"][number];

/**
 * A row for each month, line and group, by month; the note marks months before the books begin, whose cost was stated.
 * What does not apply is empty: no budget, no variance, no forecast. A line that is nothing in a month has no row in it.
 */
export function planReportText(budget: Budget, decimal: CsvDecimal): string {
  const amount = (value: Money | null): string => {
    const text = value === null ? "" : toDecimal(value);
    return decimal === "comma" ? text.replace(".", ",") : text;
  };
  const rowsOf = (lines: readonly BudgetLine[], group: Group | null) =>
    lines.flatMap(({ purpose, months }) =>
      months
        .filter(saysSomething)
        .map(({ month, opening, ...figures }) => [
          month,
          group?.corrections ? "corrections_of_closed_months" : opening ? "opening_total" : "",
          purpose,
          csvName(group?.group.team?.name ?? ""),
          csvName(group?.group.product?.name ?? ""),
          budget.currency,
          amount(figures.budgeted),
          amount(figures.actual),
          amount(figures.estimated),
          amount(figures.beforeCredits),
          amount(figures.variance),
          amount(figures.forecast),
        ]),
    );
  const rows =
    budget.groupBy.length === 0
      ? rowsOf(budget.lines, null)
      : budget.groups.flatMap((group) => rowsOf(group.lines, group));
  return csvText([COLUMNS, ...rows.sort(byMonth)], decimal);
}

const saysSomething = ({
  budgeted,
  actual,
  estimated,
  beforeCredits,
  forecast,
}: BudgetLine["months"][number]) =>
  budgeted !== null ||
  [actual, estimated, beforeCredits, forecast].some((value) => (value?.minor ?? 0) !== 0);

const byMonth = ([a = ""]: readonly string[], [b = ""]: readonly string[]): number =>
  a < b ? -1 : a > b ? 1 : 0;
