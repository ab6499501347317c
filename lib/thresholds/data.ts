import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { required } from "@/lib/db/version";
import type { PlannedPurpose } from "@/lib/domain/budget-plan";
import { money } from "@/lib/domain/money";
import type { Page } from "@/lib/fields/schema";
import type { Alert, AlertFilter, Threshold, ThresholdInput } from "@/lib/thresholds/schema";
import type { Prisma } from "@/prisma/generated/client";

const THRESHOLD = {
  id: true,
  purpose: true,
  basis: true,
  percent: true,
  team: { select: { id: true, name: true } },
} as const;

type Row = Prisma.ThresholdGetPayload<{ select: typeof THRESHOLD }>;
// A check of the table allows no other purpose.
const toThreshold = (row: Row): Threshold => ({ ...row, purpose: row.purpose as PlannedPurpose | null });

/** Those of the teams that the actor leads, or all of them. */
function seenThresholds(ctx: Ctx): Prisma.ThresholdWhereInput {
  const seen = visibility(ctx);
  return seen.all ? {} : { teamId: { in: [...seen.teamIds] } };
}

/** The thresholds that are watched, in the order of entry. */
export async function findThresholds(
  db: Db,
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Threshold>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.threshold.findMany({
    where: { organizationId: ctx.organization.id, endedAt: null, AND: [seenThresholds(ctx), where] },
    ...rest,
    select: THRESHOLD,
  });
  return toPage(rows.map(toThreshold), page.limit);
}

export async function getThreshold(db: Db, ctx: Ctx, id: string): Promise<Threshold> {
  const where = { organizationId: ctx.organization.id, id, endedAt: null, AND: seenThresholds(ctx) };
  return toThreshold(required(await db.threshold.findFirst({ where, select: THRESHOLD })));
}

export async function insertThreshold(db: Db, ctx: Ctx, input: ThresholdInput): Promise<string> {
  const id = newId();
  await db.threshold.create({
    data: { organizationId: ctx.organization.id, id, ...input, createdAt: ctx.now },
  });
  return id;
}

export async function endThreshold(db: Db, ctx: Ctx, id: string): Promise<void> {
  await db.threshold.update({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    data: { endedAt: ctx.now },
  });
}

/** The alerts, the last raised first. */
export async function findAlerts(db: Db, ctx: Ctx, { month, ...page }: AlertFilter): Promise<Page<Alert>> {
  const { where, ...rest } = pageById(page, "desc");
  const rows = await db.alert.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(month && { month }),
      threshold: seenThresholds(ctx),
      ...where,
    },
    ...rest,
    select: {
      ...{ id: true, month: true, budgetedMinor: true, actualMinor: true, expectedMinor: true },
      raisedAt: true,
      threshold: { select: THRESHOLD },
    },
  });
  const { baseCurrency } = ctx.organization;
  const alerts = rows.map(
    ({ threshold, budgetedMinor, actualMinor, expectedMinor, raisedAt, ...row }): Alert => ({
      ...row,
      threshold: toThreshold(threshold),
      budgeted: money(Number(budgetedMinor), baseCurrency),
      actual: money(Number(actualMinor), baseCurrency),
      forecast: expectedMinor === null ? null : money(Number(actualMinor + expectedMinor), baseCurrency),
      raisedAt: raisedAt.toISOString(),
    }),
  );
  return toPage(alerts, page.limit);
}
