import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { changeGrid, readGrid } from "@/lib/budgets/grid";
import { approveVersion, createVersion } from "@/lib/budgets/service";
import { PLANS } from "@/lib/demo/story";
import { YEAR_MONTHS } from "@/lib/domain/budget-plan";
import { fiscalYearStartOf, type Month } from "@/lib/domain/month";
import { createThreshold } from "@/lib/thresholds/service";

/** The running fiscal year's budget, approved: leverage by team, and what the product costs by product. */
export async function buildBudget(ctx: Ctx, runningMonth: Month): Promise<void> {
  const fiscalYear = fiscalYearStartOf(runningMonth, ctx.organization.fiscalYearStart);
  const { id, version } = await createVersion(ctx, {
    name: "Budget",
    kind: "budget",
    fiscalYear,
    copy: null,
  });
  const { rows } = await readGrid(ctx, { versionId: id });
  const planned = rows.flatMap(({ purpose, team, product }) => {
    const monthlyMinor = PLANS[purpose][team?.name ?? product?.name ?? ""];
    if (monthlyMinor === undefined) return [];
    const amountsMinor = Array<number>(YEAR_MONTHS).fill(monthlyMinor);
    return { purpose, teamId: team?.id ?? null, productId: product?.id ?? null, amountsMinor };
  });
  const saved = await changeGrid(ctx, { versionId: id, version, rows: planned, dryRun: false });
  await approveVersion(ctx, { id, version: saved.version });
  const whole = { purpose: null, teamId: null };
  for (const percent of [80, 100]) await createThreshold(ctx, { ...whole, basis: "actual", percent });
  await createThreshold(ctx, { ...whole, basis: "forecast", percent: 100 });
}
