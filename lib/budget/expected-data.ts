import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { BudgetSum } from "@/lib/budget/data";
import type { BudgetGrouping, BudgetInput } from "@/lib/budget/schema";
import type { Db } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import type { ExpectedSum } from "@/lib/domain/expected-lines";
import type { Purpose } from "@/lib/domain/facts";
import { type Month, monthOf } from "@/lib/domain/month";
import { Prisma } from "@/prisma/generated/client";

/** What is expected of a group in a month. */
export type ExpectedOfGroup = ExpectedSum &
  Pick<BudgetSum, "team" | "product" | "serviceProvider" | "billingModel">;

/** How far the interval of the running month reaches, of a line or (no purpose) of all. */
export type MarginOfLine = {
  readonly purpose: Purpose | null;
  readonly belowMinor: number | null;
  readonly aboveMinor: number | null;
};

/** What is expected; null where it cannot be told: of what was billed when, and to who sees one person. */
export type ExpectedParts = {
  readonly sums: readonly ExpectedOfGroup[];
  /** Of the running month. */
  readonly margins: readonly MarginOfLine[];
} | null;

type Column = Exclude<BudgetGrouping, "member">;

const COLUMN: Record<Column, Prisma.Sql> = {
  team: Prisma.sql`team_id`,
  product: Prisma.sql`product_id`,
  service_provider: Prisma.sql`service_provider_id`,
  billing_model: Prisma.sql`billing_model`,
};

const isColumn = (grouping: BudgetGrouping): grouping is Column => grouping !== "member";

/** What is expected beyond the ledger of the running month and those after it, from the small sums kept for it. */
export async function findExpected(
  db: Db,
  ctx: Ctx,
  { from, to, basis, groupBy }: Pick<BudgetInput, "from" | "to" | "basis" | "groupBy">,
): Promise<ExpectedParts> {
  const seen = visibility(ctx);
  if (basis === "billed" || (!seen.all && seen.teamIds.length === 0)) return null;
  const running = monthOf(utcDateOf(ctx.now));
  if (to < running) return { sums: [], margins: [] };
  const where = seen.all ? Prisma.sql`true` : Prisma.sql`team_id = ANY(${[...seen.teamIds]}::uuid[])`;
  const columns = groupBy.filter(isColumn);
  const grouped = (grouping: Column) => (columns.includes(grouping) ? COLUMN[grouping] : Prisma.sql`NULL`);
  const by = [Prisma.sql`month`, Prisma.sql`purpose`, ...columns.map((grouping) => COLUMN[grouping])];
  const rows = await db.$queryRaw<
    (Omit<ExpectedOfGroup, "expectedMinor" | "coveredMinor"> & {
      expectedMinor: string;
      coveredMinor: string;
    })[]
  >`
    SELECT month, purpose::text, sum(base_cost_minor)::text AS "expectedMinor", sum(base_covered_minor)::text AS "coveredMinor",
           ${grouped("team")}::text AS team, ${grouped("product")}::text AS product,
           ${grouped("service_provider")}::text AS "serviceProvider", ${grouped("billing_model")}::text AS "billingModel"
    FROM expected_cost
    WHERE organization_id = ${ctx.organization.id}::uuid AND month >= ${running} AND month BETWEEN ${from} AND ${to} AND ${where}
    GROUP BY ${Prisma.join(by)}`;
  return {
    sums: rows.map((row) => ({
      ...row,
      expectedMinor: Number(row.expectedMinor),
      coveredMinor: Number(row.coveredMinor),
    })),
    margins: from <= running ? await findMargins(db, ctx, running, where) : [],
  };
}

/** Accounts are off independently of each other, so their squares are added; the parts of one belong together. */
async function findMargins(db: Db, ctx: Ctx, month: Month, where: Prisma.Sql): Promise<MarginOfLine[]> {
  return await db.$queryRaw<MarginOfLine[]>`
    SELECT purpose::text,
      CASE WHEN bool_and(below IS NOT NULL) THEN round(sqrt(sum(below * below)))::float8 END AS "belowMinor",
      CASE WHEN bool_and(above IS NOT NULL) THEN round(sqrt(sum(above * above)))::float8 END AS "aboveMinor"
    FROM (
      SELECT purpose, CASE WHEN bool_and(below_minor IS NOT NULL) THEN sum(below_minor) END AS below,
             CASE WHEN bool_and(above_minor IS NOT NULL) THEN sum(above_minor) END AS above
      FROM expected_cost
      WHERE organization_id = ${ctx.organization.id}::uuid AND month = ${month} AND billing_model = 'metered' AND ${where}
      GROUP BY GROUPING SETS (
        (purpose, service_provider_id, subscription_id, api_account_id, currency),
        (service_provider_id, subscription_id, api_account_id, currency))
    ) series
    GROUP BY purpose`;
}
