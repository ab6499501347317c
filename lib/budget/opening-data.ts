import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { BudgetSum } from "@/lib/budget/data";
import type { BudgetInput } from "@/lib/budget/schema";
import { seenPlans } from "@/lib/budgets/grid-data";
import type { Db } from "@/lib/db/client";
import type { Month } from "@/lib/domain/month";
import { Prisma } from "@/prisma/generated/client";

type Openings = {
  /** The months for which somebody stated totals: nothing else counts in them. */
  readonly months: ReadonlySet<Month>;
  /** Those that the actor may see, as billed. */
  readonly sums: readonly BudgetSum[];
};

/** What months before the books begin came to, as it was stated. */
export async function findOpenings(
  db: Db,
  ctx: Ctx,
  { from, to, groupBy }: Pick<BudgetInput, "from" | "to" | "groupBy">,
): Promise<Openings> {
  const org = ctx.organization.id;
  const stated = await db.openingTotal.findMany({
    where: { organizationId: org, month: { gte: from, lte: to } },
    distinct: ["month"],
    select: { month: true },
  });
  if (stated.length === 0) return { months: new Set(), sums: [] };
  const team = groupBy.includes("team") ? Prisma.sql`team_id` : Prisma.sql`NULL`;
  const model = groupBy.includes("billing_model") ? Prisma.sql`billing_model` : Prisma.sql`NULL`;
  const rows = await db.$queryRaw<
    (Pick<BudgetSum, "month" | "purpose" | "team" | "billingModel"> & { minor: string })[]
  >`
    SELECT month, purpose::text, team::text, "billingModel"::text, sum(amount_minor)::text AS minor
    FROM (
      SELECT month, purpose, ${team} AS team, ${model} AS "billingModel", amount_minor
      FROM opening_total
      WHERE organization_id = ${org}::uuid AND month BETWEEN ${from} AND ${to} AND ${seenPlans(ctx)}
    ) AS seen
    GROUP BY 1, 2, 3, 4`;
  return {
    months: new Set(stated.map(({ month }) => month)),
    sums: rows.map(({ minor, ...row }) => ({
      ...row,
      ...{ state: "billed", baseCostMinor: Number(minor), coveredMinor: 0, corrects: false },
      ...{ member: null, product: null, serviceProvider: null },
    })),
  };
}
