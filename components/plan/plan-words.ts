import type { QueryKey } from "@tanstack/react-query";
import type { BudgetVersion, GridRow } from "@/lib/budgets/schema";
import { dateText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";

/** What may read differently after a plan changed. */
export const PLAN_KEYS: readonly QueryKey[] = [["budget-versions"], ["budget-grid"], ["budget"]];

/** A fiscal year by its first month: "2026", or "2026/27" where it does not begin with January. */
export function yearText(first: Month): string {
  const year = Number(first.slice(0, 4));
  return first.endsWith("-01") ? String(year) : `${year}/${String(year + 1).slice(2)}`;
}

export const versionText = ({ fiscalYear, name, approvedAt }: BudgetVersion): string =>
  `${yearText(fiscalYear)} · ${name}${approvedAt === null ? "" : " (approved)"}`;

/** What state a version is in, and whether costs are compared with it. */
export function stateText({ approvedAt, approvedBy, current }: BudgetVersion): string {
  const state =
    approvedAt === null
      ? "Draft"
      : `Approved ${dateText(approvedAt.slice(0, 10))}${approvedBy ? ` by ${approvedBy.name}` : ""}, frozen`;
  return `${state}. ${current ? "Costs are compared with it." : "Costs are compared with another version."}`;
}

/** Whom a row is planned for. */
export const targetName = ({ team, product }: Pick<GridRow, "team" | "product">): string =>
  team?.name ?? product?.name ?? "Not divided";

export const rowName = (row: GridRow): string => `${PURPOSE_NAMES[row.purpose]}, ${targetName(row)}`;

/** A column of the grid for readers who hear one cell at a time: a month, or the year. */
export const columnName = (months: readonly Month[], column: number): string => {
  const month = months[column];
  return month === undefined ? "year" : monthText(month);
};
