import "server-only";

import { Readable } from "node:stream";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { getBudget } from "@/lib/budget/service";
import { readLedger } from "@/lib/ledger/read";
import { streamBudgetReport } from "@/lib/reports/data";
import { planReportText } from "@/lib/reports/plan";
import type { BudgetReportInput, PlanReportInput } from "@/lib/reports/schema";

/** The budget report as a stream of CSV, with the name that the file should have. */
export async function exportBudgetReport(
  ctx: Ctx,
  input: BudgetReportInput,
): Promise<{ readonly fileName: string; readonly rows: Readable }> {
  authorize(ctx, "report:export");
  await readLedger(ctx, async () => {});
  const fileName = `budget-${monthsText(input)}-${input.basis}.csv`;
  return { fileName, rows: await streamBudgetReport(ctx, input) };
}

/** What was planned beside what it came to and where it lands, by month, as CSV. */
export async function exportPlanReport(
  ctx: Ctx,
  { groupBy, decimal, ...months }: PlanReportInput,
): Promise<{ readonly fileName: string; readonly rows: Readable }> {
  authorize(ctx, "report:export");
  const grouped = groupBy ? [groupBy] : [];
  const budget = await getBudget(ctx, { ...months, basis: "effective", groupBy: grouped });
  const fileName = ["plan", monthsText(months), ...grouped].join("-");
  return { fileName: `${fileName}.csv`, rows: Readable.from(Buffer.from(planReportText(budget, decimal))) };
}

const monthsText = ({ from, to }: Pick<BudgetReportInput, "from" | "to">): string =>
  from === to ? from : `${from}-to-${to}`;
