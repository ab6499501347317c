import { z } from "zod";

import type { Purpose } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { type Month, monthsBetween } from "@/lib/domain/month";
import { monthField, type Named } from "@/lib/fields/schema";
import { BASES, type Basis } from "@/lib/ledger/schema";

export const BUDGET_GROUPINGS = ["team", "member", "product", "service_provider", "billing_model"] as const;
export type BudgetGrouping = (typeof BUDGET_GROUPINGS)[number];

/** Ten years: more is no page and no report. */
const MONTHS_MAX = 120;

const groupByField = z
  .string()
  .default("")
  .transform((text) => (text === "" ? [] : text.split(",")))
  .pipe(z.array(z.enum(BUDGET_GROUPINGS)).max(2, "Group by one or two."))
  .refine((groupings) => new Set(groupings).size === groupings.length, "Group by two different things.");

export const budgetInput = z
  .strictObject({
    from: monthField,
    to: monthField,
    basis: z.enum(BASES).default("effective"),
    groupBy: groupByField,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last month is before the first." })
  .refine(({ from, to }) => monthsBetween(from, to).length <= MONTHS_MAX, {
    path: ["to"],
    message: `Ask for at most ${MONTHS_MAX} months.`,
  });
export type BudgetInput = z.output<typeof budgetInput>;

/** What a line came to. `budgeted` and `variance` are null where there is none to compare with, `forecast` where none can be told. */
export type BudgetFigures = {
  readonly billed: Money;
  readonly estimated: Money;
  /** Billed and estimated. */
  readonly actual: Money;
  readonly budgeted: Money | null;
  /** Actual, and what credit given to us paid for beside it, which is no cost. */
  readonly beforeCredits: Money;
  /** Budgeted less actual: negative is overspent. */
  readonly variance: Money | null;
  /** Actual so far and expected rest; of a month that is over, its actual. */
  readonly forecast: Money | null;
  /** Forecast, and what credit given to us will have covered by then; null where no forecast can be told. */
  readonly forecastBeforeCredits: Money | null;
  /** What holds the outcome of the running month four times in five; null elsewhere, and where it is exact or unknown. */
  readonly range: { readonly low: Money; readonly high: Money } | null;
};

export type BudgetRow = {
  readonly months: readonly (BudgetFigures & {
    readonly month: Month;
    /** Before the books begin: what is actual was stated as an opening total, and has no entries. */
    readonly opening: boolean;
  })[];
  readonly total: BudgetFigures;
};

export type BudgetLine = BudgetRow & { readonly purpose: Purpose };

/** What a group is: a null part collects what has none (no team, nobody's seat). */
export type BudgetGroupKey = { readonly [grouping in BudgetGrouping]?: Named | null };

export type Budget = {
  readonly from: Month;
  readonly to: Month;
  readonly basis: Basis;
  readonly currency: string;
  /** Always the three, in their order. */
  readonly lines: readonly BudgetLine[];
  readonly total: BudgetRow;
  readonly groupBy: readonly BudgetGrouping[];
  readonly groups: readonly {
    readonly group: BudgetGroupKey;
    /** The one group of corrections of closed months, whatever they are of. */
    readonly corrections: boolean;
    readonly lines: readonly BudgetLine[];
    readonly total: BudgetRow;
  }[];
};
