import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { BudgetInput } from "@/lib/budget/schema";
import { seenPlans } from "@/lib/budgets/grid-data";
import { findVersionStates } from "@/lib/budgets/versions-data";
import type { Db } from "@/lib/db/client";
import { currentVersion, type PlannedPurpose } from "@/lib/domain/budget-plan";
import { type Month, monthsBetween } from "@/lib/domain/month";
import { Prisma } from "@/prisma/generated/client";

/** What is planned for a month of a line, and of a team or product where it was asked for. */
export type PlannedSum = {
  readonly month: Month;
  readonly purpose: PlannedPurpose;
  readonly amountMinor: number;
  readonly team: string | null;
  readonly product: string | null;
};

type Planned = { readonly whole: readonly PlannedSum[]; readonly byGroup: readonly PlannedSum[] };

/**
 * The plan that the actor may see of some months, each from the version that counts for it: of the lines as a whole,
 * and by team or product where the question groups by one of them alone. A plan says what months cost, so there is
 * none to compare with what was billed in them.
 */
export async function findPlanned(
  db: Db,
  ctx: Ctx,
  { from, to, basis, groupBy }: Pick<BudgetInput, "from" | "to" | "basis" | "groupBy">,
): Promise<Planned> {
  const states = basis === "effective" ? await findVersionStates(db, ctx, { from, to }) : [];
  const current = monthsBetween(from, to).flatMap((month) => {
    const version = currentVersion(month, states);
    return version ? { month, id: version.id } : [];
  });
  if (current.length === 0) return { whole: [], byGroup: [] };
  const [grouping, second] = groupBy;
  const target = second === undefined && (grouping === "team" || grouping === "product") ? grouping : null;
  const sum = async (by: "team" | "product" | null) => {
    const column = by && (by === "team" ? Prisma.sql`b.team_id` : Prisma.sql`b.product_id`);
    const rows = await db.$queryRaw<(Omit<PlannedSum, "amountMinor"> & { amountMinor: string })[]>`
      SELECT b.month, b.purpose::text, sum(b.amount_minor)::text AS "amountMinor",
        ${by === "team" ? column : Prisma.sql`NULL`}::text AS team, ${by === "product" ? column : Prisma.sql`NULL`}::text AS product
      FROM jsonb_to_recordset(${JSON.stringify(current)}::jsonb) AS c (month text, id uuid)
      JOIN budget b ON b.budget_version_id = c.id AND b.month = c.month
      WHERE b.organization_id = ${ctx.organization.id}::uuid AND ${seenPlans(ctx)} ${column ? Prisma.sql`AND ${column} IS NOT NULL` : Prisma.empty}
      GROUP BY b.month, b.purpose${column ? Prisma.sql`, ${column}` : Prisma.empty}`;
    return rows.map((row) => ({ ...row, amountMinor: Number(row.amountMinor) }));
  };
  return { whole: await sum(null), byGroup: target ? await sum(target) : [] };
}
