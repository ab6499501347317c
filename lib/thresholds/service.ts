import "server-only";

import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import { assertTargets } from "@/lib/budgets/grid-data";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { readLedger } from "@/lib/ledger/read";
import {
  endThreshold,
  findAlerts,
  findThresholds,
  getThreshold,
  insertThreshold,
} from "@/lib/thresholds/data";
import { raiseAlerts } from "@/lib/thresholds/evaluate";
import type { Alert, AlertFilter, Threshold, ThresholdInput } from "@/lib/thresholds/schema";

/** The shares of budgets that are watched. */
export async function listThresholds(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Threshold>> {
  authorize(ctx, "budget:read");
  return await read(ctx, (db) => findThresholds(db, ctx, page));
}

/** Watches a share of a budget from now on; an alert is raised at once where it is reached already. */
export async function createThreshold(ctx: Ctx, input: ThresholdInput): Promise<Threshold> {
  authorize(ctx, "budget:write");
  authorizeLine(ctx, input.teamId);
  return await write(ctx, async (db) => {
    await assertTargets(db, ctx, input.teamId === null ? [] : [{ teamId: input.teamId, productId: null }]);
    const id = await insertThreshold(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "threshold.create",
      targetType: "threshold",
      targetId: id,
      after: input,
    });
    await raiseAlerts(db, ctx);
    return await getThreshold(db, ctx, id);
  });
}

/** Watches it no more; its alerts stay. */
export async function removeThreshold(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "budget:write");
  await write(ctx, async (db) => {
    const before = await getThreshold(db, ctx, id);
    authorizeLine(ctx, before.team?.id ?? null);
    await endThreshold(db, ctx, id);
    await recordAudit(db, ctx, { action: "threshold.end", targetType: "threshold", targetId: id, before });
  });
}

/** What was raised, the last first. */
export async function listAlerts(ctx: Ctx, filter: AlertFilter): Promise<Page<Alert>> {
  authorize(ctx, "budget:read");
  return await readLedger(ctx, (db) => findAlerts(db, ctx, filter));
}

function authorizeLine(ctx: Ctx, teamId: string | null): void {
  if (teamId === null) authorize(ctx, "budget:approve");
  else authorizeTeam(ctx, "budget:write", teamId);
}
