import { z } from "zod";

import { CSV_DECIMALS } from "@/lib/domain/csv-text";
import { monthsBetween } from "@/lib/domain/month";
import { monthField } from "@/lib/fields/schema";
import { BASES } from "@/lib/ledger/schema";

const MONTHS_MAX = 120;

const decimalField = z.enum(CSV_DECIMALS).default("point");

export const budgetReportInput = z
  .strictObject({
    from: monthField,
    to: monthField,
    basis: z.enum(BASES).default("effective"),
    /** A comma for decimals brings semicolons between the columns. */
    decimal: decimalField,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last month is before the first." })
  .refine(({ from, to }) => monthsBetween(from, to).length <= MONTHS_MAX, {
    path: ["to"],
    message: `Ask for at most ${MONTHS_MAX} months.`,
  });
export type BudgetReportInput = z.output<typeof budgetReportInput>;

/** What the plan may be divided by: a budget is for a team or a product. */
export const PLAN_GROUPINGS = ["team", "product"] as const;

export const planReportInput = z
  .strictObject({
    from: monthField,
    to: monthField,
    /** Without it, the lines as a whole. */
    groupBy: z.enum(PLAN_GROUPINGS).optional(),
    decimal: decimalField,
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last month is before the first." })
  .refine(({ from, to }) => monthsBetween(from, to).length <= MONTHS_MAX, {
    path: ["to"],
    message: `Ask for at most ${MONTHS_MAX} months.`,
  });
export type PlanReportInput = z.output<typeof planReportInput>;
