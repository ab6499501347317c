import "server-only";

import type { Readable } from "node:stream";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { readLedger } from "@/lib/ledger/read";
import { streamBudgetReport } from "@/lib/reports/data";
import type { BudgetReportInput } from "@/lib/reports/schema";

/** The budget report as a stream of CSV, with the name that the file should have. */
export async function exportBudgetReport(
  ctx: Ctx,
  input: BudgetReportInput,
): Promise<{ readonly fileName: string; readonly rows: Readable }> {
  authorize(ctx, "report:export");
  await readLedger(ctx, async () => {});
  const months = input.from === input.to ? input.from : `${input.from}-to-${input.to}`;
  return { fileName: `budget-${months}-${input.basis}.csv`, rows: await streamBudgetReport(ctx, input) };
}
