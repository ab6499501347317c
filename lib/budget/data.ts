import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { BudgetGrouping } from "@/lib/budget/schema";
import type { Db } from "@/lib/db/client";
import type { BillingModel, Purpose } from "@/lib/domain/facts";
import type { EntryState } from "@/lib/domain/ledger-entry";
import type { Month } from "@/lib/domain/month";
import type { Basis } from "@/lib/ledger/schema";
import { seenEntries } from "@/lib/ledger/visible";
import { Prisma } from "@/prisma/generated/client";

/** A sum of ledger entries of one month, purpose, state and group. */
export type BudgetSum = {
  readonly month: Month;
  readonly purpose: Purpose;
  readonly state: EntryState;
  readonly baseCostMinor: number;
  /** What credit given to us paid for beside it. */
  readonly coveredMinor: number;
  readonly team: string | null;
  readonly member: string | null;
  readonly product: string | null;
  readonly serviceProvider: string | null;
  readonly billingModel: BillingModel | null;
  /** Of a closed month: known only of sums that are grouped. */
  readonly corrects: boolean;
};

const GROUP_COLUMN: Record<BudgetGrouping, Prisma.Sql> = {
  team: Prisma.sql`team_id`,
  member: Prisma.sql`member_id`,
  product: Prisma.sql`product_id`,
  service_provider: Prisma.sql`service_provider_id`,
  billing_model: Prisma.sql`billing_model`,
};

/** Where a sum says what it is grouped by. */
export const FIELD = {
  team: "team",
  member: "member",
  product: "product",
  service_provider: "serviceProvider",
  billing_model: "billingModel",
} as const satisfies Record<BudgetGrouping, keyof BudgetSum>;

const UNGROUPED = { team: null, member: null, product: null, serviceProvider: null, billingModel: null };

type Question = {
  readonly from: Month;
  readonly to: Month;
  readonly basis: Basis;
  readonly groupBy: readonly BudgetGrouping[];
};

/** What the actor may see of the lines, summed; from the small totals wherever no person is asked for. */
export async function sumBudget(
  db: Db,
  ctx: Ctx,
  { from, to, basis, groupBy }: Question,
): Promise<BudgetSum[]> {
  const seen = seenEntries(ctx);
  const table =
    groupBy.includes("member") || seen.needsMembers ? Prisma.sql`ledger_entry` : Prisma.sql`ledger_total`;
  const month = basis === "billed" ? Prisma.sql`billing_month` : Prisma.sql`month`;
  // Only what is asked for is sent: of ten thousand people and three years each column is a million values.
  const columnsAsked = groupBy.map(
    (grouping) => Prisma.sql`${GROUP_COLUMN[grouping]}::text AS ${Prisma.raw(`"${FIELD[grouping]}"`)}`,
  );
  // What keeps a closed month's sum on the billed basis is no correction of it there.
  const corrects =
    groupBy.length > 0
      ? Prisma.sql`correction_of IS NOT NULL AND (${basis !== "billed"} OR correction_of <> billing_month)`
      : Prisma.sql`false`;
  const columns = [
    month,
    Prisma.sql`"corrects"`,
    Prisma.sql`purpose`,
    Prisma.sql`state`,
    ...groupBy.map((grouping) => GROUP_COLUMN[grouping]),
  ];
  const rows = await db.$queryRaw<
    (Omit<BudgetSum, "baseCostMinor" | "coveredMinor"> & { baseCostMinor: string; coveredMinor: string })[]
  >`
    SELECT ${month} AS month, purpose::text, state::text,
           coalesce(sum(base_cost_minor) FILTER (WHERE kind = 'cost'), 0)::text AS "baseCostMinor",
           coalesce(sum(base_cost_minor) FILTER (WHERE kind = 'covered'), 0)::text AS "coveredMinor",
           ${Prisma.join([Prisma.sql`${corrects} AS corrects`, ...columnsAsked])}
    FROM ${table}
    WHERE organization_id = ${ctx.organization.id}::uuid AND kind IN ('cost', 'covered') AND ${month} BETWEEN ${from} AND ${to}
      AND ${basis === "billed" ? Prisma.sql`state = 'billed'` : Prisma.sql`true`} AND ${seen.where}
    GROUP BY ${Prisma.join(columns)}`;
  return rows.map((row) => ({
    ...UNGROUPED,
    ...row,
    baseCostMinor: Number(row.baseCostMinor),
    coveredMinor: Number(row.coveredMinor),
  }));
}

/** The names of what the sums were grouped by. */
export async function findNames(db: Db, ctx: Ctx, sums: readonly BudgetSum[]): Promise<Map<string, string>> {
  const organizationId = ctx.organization.id;
  const ids = (key: "team" | "member" | "product" | "serviceProvider") => [
    ...new Set(sums.flatMap((sum) => sum[key] ?? [])),
  ];
  const named = (found: readonly string[]) => ({
    where: { organizationId, id: { in: [...found] } },
    select: { id: true, name: true },
  });
  const [teams, members, products, serviceProviders] = [
    ids("team"),
    ids("member"),
    ids("product"),
    ids("serviceProvider"),
  ];
  const rows = [
    ...(teams.length ? await db.team.findMany(named(teams)) : []),
    ...(members.length ? await db.member.findMany(named(members)) : []),
    ...(products.length ? await db.product.findMany(named(products)) : []),
    ...(serviceProviders.length ? await db.serviceProvider.findMany(named(serviceProviders)) : []),
  ];
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How many teams, members and products there are to tell apart. */
export async function countCostObjects(
  db: Db,
  ctx: Ctx,
): Promise<{ teams: number; members: number; products: number }> {
  const where = { organizationId: ctx.organization.id };
  return {
    teams: await db.team.count({ where, take: 2 }),
    members: await db.member.count({ where: { ...where, mergedIntoId: null }, take: 2 }),
    products: await db.product.count({ where, take: 2 }),
  };
}
