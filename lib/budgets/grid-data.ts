import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { TargetKey } from "@/lib/budgets/schema";
import type { Db } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Month } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";
import { Prisma } from "@/prisma/generated/client";

/** Which plans the actor may see: all of them, or those of the teams that they lead. */
export function seenPlans(ctx: Ctx): Prisma.Sql {
  const seen = visibility(ctx);
  return seen.all ? Prisma.sql`true` : Prisma.sql`team_id = ANY(${[...seen.teamIds]}::uuid[])`;
}

export type PlannedAmount = TargetKey & { readonly month: Month; readonly amountMinor: number };

/** The amounts of a version that the actor may see. */
export async function findAmounts(db: Db, ctx: Ctx, versionId: string): Promise<PlannedAmount[]> {
  const rows = await db.$queryRaw<(Omit<PlannedAmount, "amountMinor"> & { amountMinor: string })[]>`
    SELECT team_id::text AS "teamId", product_id::text AS "productId", purpose::text, month, amount_minor::text AS "amountMinor"
    FROM budget
    WHERE organization_id = ${ctx.organization.id}::uuid AND budget_version_id = ${versionId}::uuid AND ${seenPlans(ctx)}`;
  return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
}

export type AmountChange = TargetKey & { readonly month: Month; readonly amountMinor: number | null };

/** Writes months of a version; a null takes a month out of the plan. */
export async function saveAmounts(
  db: Db,
  ctx: Ctx,
  versionId: string,
  changes: readonly AmountChange[],
): Promise<void> {
  const org = ctx.organization.id;
  const records = JSON.stringify(
    changes.map(({ teamId, productId, purpose, month, amountMinor }) => ({
      id: newId(),
      team_id: teamId,
      product_id: productId,
      purpose,
      month,
      // As text: exact at any size.
      amount_minor: amountMinor === null ? null : String(amountMinor),
    })),
  );
  const given = Prisma.sql`jsonb_to_recordset(${records}::jsonb)
    AS r (id uuid, team_id uuid, product_id uuid, purpose purpose, month text, amount_minor bigint)`;
  await db.$executeRaw`
    DELETE FROM budget b USING ${given}
    WHERE b.organization_id = ${org}::uuid AND b.budget_version_id = ${versionId}::uuid AND r.amount_minor IS NULL
      AND b.team_id IS NOT DISTINCT FROM r.team_id AND b.product_id IS NOT DISTINCT FROM r.product_id
      AND b.purpose = r.purpose AND b.month = r.month`;
  await db.$executeRaw`
    INSERT INTO budget (organization_id, id, budget_version_id, team_id, product_id, purpose, month, amount_minor)
    SELECT ${org}::uuid, r.id, ${versionId}::uuid, r.team_id, r.product_id, r.purpose, r.month, r.amount_minor
    FROM ${given} WHERE r.amount_minor IS NOT NULL
    ON CONFLICT (organization_id, budget_version_id, purpose, month, coalesce(team_id, product_id, organization_id))
    DO UPDATE SET amount_minor = excluded.amount_minor`;
}

/** Teams and products of the organization, with which of them are still planned for in a year. */
export type Targets = {
  readonly teams: readonly (Named & { readonly open: boolean })[];
  readonly products: readonly (Named & { readonly open: boolean })[];
};

/** The teams and products that the actor may plan for or see, by name. */
export async function findTargets(db: Db, ctx: Ctx, yearStart: CalendarDate): Promise<Targets> {
  const seen = visibility(ctx);
  const organizationId = ctx.organization.id;
  const orderBy = { name: "asc" } as const;
  const teams = await db.team.findMany({
    where: { organizationId, ...(!seen.all && { id: { in: [...seen.teamIds] } }) },
    orderBy,
    select: { id: true, name: true, archivedAt: true },
  });
  const products = seen.all
    ? await db.product.findMany({
        where: { organizationId },
        orderBy,
        select: { id: true, name: true, endsOn: true },
      })
    : [];
  return {
    teams: teams.map(({ archivedAt, ...team }) => ({ ...team, open: archivedAt === null })),
    products: products.map(({ endsOn, ...product }) => ({
      ...product,
      open: endsOn === null || endsOn > toDbDate(yearStart),
    })),
  };
}

/** Every team and product by name, as everybody in the organization may know them. */
export async function findNames(
  db: Db,
  ctx: Ctx,
): Promise<{ readonly teams: readonly Named[]; readonly products: readonly Named[] }> {
  const named = { where: { organizationId: ctx.organization.id }, select: { id: true, name: true } };
  return { teams: await db.team.findMany(named), products: await db.product.findMany(named) };
}

/** Refuses what is not there, or another organization's. @throws DomainError `not_found` */
export async function assertTargets(
  db: Db,
  ctx: Ctx,
  rows: readonly Pick<TargetKey, "teamId" | "productId">[],
): Promise<void> {
  const organizationId = ctx.organization.id;
  const teamIds = [...new Set(rows.flatMap(({ teamId }) => teamId ?? []))];
  const productIds = [...new Set(rows.flatMap(({ productId }) => productId ?? []))];
  const teams = await db.team.count({ where: { organizationId, id: { in: teamIds } } });
  const products = await db.product.count({ where: { organizationId, id: { in: productIds } } });
  required(teams === teamIds.length && products === productIds.length ? true : null);
}

export type ActualSum = TargetKey & { readonly month: Month; readonly minor: number };

/** What months cost, by line, team and product; of months before the books begin, what was stated. */
export async function findActual(
  db: Db,
  ctx: Ctx,
  { from, to }: { readonly from: Month; readonly to: Month },
): Promise<ActualSum[]> {
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<(Omit<ActualSum, "minor"> & { minor: string })[]>`
    SELECT team_id::text AS "teamId", product_id::text AS "productId", purpose::text, month, sum(minor)::text AS minor
    FROM (
      SELECT team_id, product_id, purpose, month, base_cost_minor AS minor FROM ledger_total t
      WHERE organization_id = ${org}::uuid AND kind = 'cost' AND month BETWEEN ${from} AND ${to} AND NOT EXISTS (
        SELECT FROM opening_total o WHERE o.organization_id = ${org}::uuid AND o.month = t.month)
      UNION ALL
      SELECT team_id, NULL, purpose, month, amount_minor FROM opening_total
      WHERE organization_id = ${org}::uuid AND month BETWEEN ${from} AND ${to}
    ) AS cost
    WHERE purpose <> 'unclassified' AND ${seenPlans(ctx)}
    GROUP BY team_id, product_id, purpose, month`;
  return rows.map((row) => ({ ...row, minor: Number(row.minor) }));
}
