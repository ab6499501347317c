import { z } from "zod";

import { monthsBetween } from "@/lib/domain/month";
import { monthField } from "@/lib/fields/schema";
import { BASES } from "@/lib/ledger/schema";

const MONTHS_MAX = 120;

export const budgetReportInput = z
  .strictObject({
    from: monthField,
    to: monthField,
    basis: z.enum(BASES).default("effective"),
    /** A comma for decimals brings semicolons between the columns. */
    decimal: z.enum(["point", "comma"]).default("point"),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last month is before the first." })
  .refine(({ from, to }) => monthsBetween(from, to).length <= MONTHS_MAX, {
    path: ["to"],
    message: `Ask for at most ${MONTHS_MAX} months.`,
  });
export type BudgetReportInput = z.output<typeof budgetReportInput>;
