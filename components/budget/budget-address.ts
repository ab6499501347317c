import { BUDGET_GROUPINGS, type BudgetGrouping } from "@/lib/budget/schema";
import { BUDGET_PERIODS, type BudgetPeriod, monthsOfPeriod } from "@/lib/domain/budget-period";
import { PURPOSES, type Purpose } from "@/lib/domain/facts";
import { isMonth, type Month } from "@/lib/domain/month";
import { BASES, type Basis } from "@/lib/ledger/schema";

/** What the address of the budget page says, beside the month. */
export type BudgetView = {
  readonly basis: Basis;
  readonly period: BudgetPeriod;
  /** One or two: what the rows below a line are. */
  readonly groupings: readonly BudgetGrouping[];
};

/** The words of the address that a view is read from. */
export type BudgetWords = {
  readonly basis: string | null;
  readonly by: string | null;
  readonly period: string | null;
};

/** Reads the address; what it does not say, or says wrongly, is the usual view. */
export function budgetViewOf({ basis, by, period }: BudgetWords): BudgetView {
  const named = (by ?? "").split(",").flatMap((text) => BUDGET_GROUPINGS.find((one) => one === text) ?? []);
  const groupings = [...new Set(named)].slice(0, 2);
  return {
    basis: BASES.find((one) => one === basis) ?? "effective",
    period: BUDGET_PERIODS.find((one) => one === period) ?? "twelve_months",
    groupings: groupings.length > 0 ? groupings : ["service_provider"],
  };
}

/** The question behind the page; the server and the browser ask the same, so the browser starts warm. */
export const budgetQuestionOf = (
  month: Month,
  { basis, period, groupings }: BudgetView,
  fiscalYearStart: number,
) => ({ ...monthsOfPeriod(period, month, fiscalYearStart), basis, groupBy: [...groupings] });

/** Which cell of the table is open: a line or all of them, a month or all of them, a group or all of them. */
export type OpenCell = {
  readonly purpose: Purpose | "all";
  readonly month: Month | "all";
  /**
   * An id (of each grouping, joined by a tilde), "none" for what belongs to no group, "corrections" of closed months, or
   * "all".
   */
  readonly group: string;
};

const ID = "(?:none|flat|metered|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
const GROUP = new RegExp(`^(?:all|corrections|${ID}(?:~${ID})?)$`);

export const cellText = ({ purpose, month, group }: OpenCell): string => `${purpose}.${month}.${group}`;

/** The open cell of an address; null when it names none. */
export function cellOf(text: string | null): OpenCell | null {
  const [purposeText, month = "", group = ""] = (text ?? "").split(".");
  const purpose = [...PURPOSES, "all" as const].find((one) => one === purposeText);
  if (!purpose || !(month === "all" || isMonth(month)) || !GROUP.test(group)) return null;
  return { purpose, month, group };
}

const GROUP_FILTER: Record<BudgetGrouping, string> = {
  team: "teamId",
  member: "memberId",
  product: "productId",
  service_provider: "serviceProviderId",
  billing_model: "billingModel",
};

/** The filter of the ledger that finds exactly the entries of a cell of a table of these months. */
export function ledgerFilterOf(
  { purpose, month, group }: OpenCell,
  { from, to }: { readonly from: Month; readonly to: Month },
  { basis, groupings }: BudgetView,
): Record<string, string> {
  const ids = group === "all" || group === "corrections" ? [] : group.split("~");
  const ofGroup = groupings.flatMap((grouping, index) => {
    const id = ids[index];
    return id === undefined ? [] : [[GROUP_FILTER[grouping], id]];
  });
  return {
    basis,
    ...(month === "all" ? { from, to } : { month }),
    ...(purpose !== "all" && { purpose }),
    ...(group === "corrections" && { corrections: "only" }),
    ...(ofGroup.length > 0 && { ...Object.fromEntries(ofGroup), corrections: "none" }),
  };
}
