import { BUDGET_GROUPINGS, type BudgetGrouping } from "@/lib/budget/schema";
import { PURPOSES, type Purpose } from "@/lib/domain/facts";
import { isMonth, type Month, shiftMonth } from "@/lib/domain/month";
import { BASES, type Basis } from "@/lib/ledger/schema";

/** Of how many months the page tells, the one shown last. */
export const MONTHS_SHOWN = 12;

/** What the address of the budget page says, beside the month. */
export type BudgetView = { readonly basis: Basis; readonly grouping: BudgetGrouping };

/** Reads the address; what it does not say, or says wrongly, is the usual view. */
export function budgetViewOf(basis: string | null, grouping: string | null): BudgetView {
  return {
    basis: BASES.find((one) => one === basis) ?? "effective",
    grouping: BUDGET_GROUPINGS.find((one) => one === grouping) ?? "service_provider",
  };
}

/** The question behind the page; the server and the browser ask the same, so the browser starts warm. */
export const budgetQuestionOf = (month: Month, { basis, grouping }: BudgetView) => ({
  from: shiftMonth(month, 1 - MONTHS_SHOWN),
  to: month,
  basis,
  groupBy: [grouping],
});

/** Which cell of the table is open: a line or all of them, a month or all of them, a group or all of them. */
export type OpenCell = {
  readonly purpose: Purpose | "all";
  readonly month: Month | "all";
  /** An id, "none" for what belongs to no group, "corrections" of closed months, or "all". */
  readonly group: string;
};

const GROUP = /^(all|none|corrections|flat|metered|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

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

/** The filter of the ledger that finds exactly the entries of a cell. */
export function ledgerFilterOf(
  { purpose, month, group }: OpenCell,
  shown: Month,
  { basis, grouping }: BudgetView,
): Record<string, string> {
  const { from, to } = budgetQuestionOf(shown, { basis, grouping });
  return {
    basis,
    ...(month === "all" ? { from, to } : { month }),
    ...(purpose !== "all" && { purpose }),
    ...(group === "corrections" && { corrections: "only" }),
    ...(group !== "all" &&
      group !== "corrections" && { [GROUP_FILTER[grouping]]: group, corrections: "none" }),
  };
}
