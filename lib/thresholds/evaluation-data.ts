import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Purpose } from "@/lib/domain/facts";
import type { Month } from "@/lib/domain/month";
import type { ThresholdBasis } from "@/lib/domain/threshold";
import type { Named } from "@/lib/fields/schema";

type Watched = {
  readonly id: string;
  readonly purpose: Purpose | null;
  readonly team: Named | null;
  readonly basis: ThresholdBasis;
  readonly percent: number;
};

/** Every threshold that is watched, whoever may see it. */
export async function findWatched(db: Db, ctx: Ctx): Promise<Watched[]> {
  return await db.threshold.findMany({
    where: { organizationId: ctx.organization.id, endedAt: null },
    orderBy: { id: "asc" },
    select: {
      id: true,
      purpose: true,
      team: { select: { id: true, name: true } },
      basis: true,
      percent: true,
    },
  });
}

export type MonthSum = {
  readonly purpose: Purpose;
  readonly teamId: string | null;
  readonly minor: number;
};

/** What a month cost, what is expected to come, and what a version plans for it, by line and team. */
export async function findMonthSums(
  db: Db,
  ctx: Ctx,
  { month, versionId }: { readonly month: Month; readonly versionId: string },
): Promise<Readonly<Record<"actual" | "expected" | "planned", MonthSum[]>>> {
  const org = ctx.organization.id;
  type Raw = Omit<MonthSum, "minor"> & { minor: string };
  const actual = await db.$queryRaw<Raw[]>`
    SELECT purpose::text, team_id::text AS "teamId", sum(base_cost_minor)::text AS minor FROM ledger_total
    WHERE organization_id = ${org}::uuid AND kind = 'cost' AND month = ${month} GROUP BY purpose, team_id`;
  const expected = await db.$queryRaw<Raw[]>`
    SELECT purpose::text, team_id::text AS "teamId", sum(base_cost_minor)::text AS minor FROM expected_cost
    WHERE organization_id = ${org}::uuid AND month = ${month} GROUP BY purpose, team_id`;
  const planned = await db.$queryRaw<Raw[]>`
    SELECT purpose::text, team_id::text AS "teamId", sum(amount_minor)::text AS minor FROM budget
    WHERE organization_id = ${org}::uuid AND budget_version_id = ${versionId}::uuid AND month = ${month} GROUP BY purpose, team_id`;
  const exact = (rows: readonly Raw[]) => rows.map((row) => ({ ...row, minor: Number(row.minor) }));
  return { actual: exact(actual), expected: exact(expected), planned: exact(planned) };
}

type Reached = {
  readonly thresholdId: string;
  readonly month: Month;
  readonly budgetedMinor: number;
  readonly actualMinor: number;
  /** Of a forecast: what was expected beyond that. */
  readonly expectedMinor: number | null;
};

type RaisedAlert = { readonly id: string; readonly thresholdId: string };

/** Raises alerts, each threshold's once a month: what was raised stays as it was. @returns the new ones */
export async function insertAlerts(db: Db, ctx: Ctx, reached: readonly Reached[]): Promise<RaisedAlert[]> {
  const data = reached.map(({ budgetedMinor, actualMinor, expectedMinor, ...one }) => ({
    ...{ organizationId: ctx.organization.id, id: newId(), raisedAt: ctx.now },
    ...one,
    budgetedMinor: BigInt(budgetedMinor),
    actualMinor: BigInt(actualMinor),
    expectedMinor: expectedMinor === null ? null : BigInt(expectedMinor),
  }));
  return await db.alert.createManyAndReturn({
    data,
    skipDuplicates: true,
    select: { id: true, thresholdId: true },
  });
}
