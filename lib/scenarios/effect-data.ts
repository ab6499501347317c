import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { addDays, utcDateOf } from "@/lib/domain/calendar-date";
import type { ProrationRule } from "@/lib/domain/facts";
import { DAYS_REMEMBERED } from "@/lib/domain/metered-forecast";
import type { UsedModel } from "@/lib/domain/scenario-use";
import type { TokenType } from "@/lib/domain/usage";
import { countedUsage } from "@/lib/usage/rollup-data";
import { Prisma } from "@/prisma/generated/client";

/** What was used lately, by whose it is: an account's, or of what nobody has matched to one. */
export type UsedModelOf = UsedModel & {
  readonly serviceProviderId: string;
  readonly apiAccountId: string | null;
};

type Raw = Pick<UsedModelOf, "serviceProviderId" | "apiAccountId" | "model" | "serviceTier" | "currency"> &
  Readonly<Record<TokenType | "costNano", string>>;

/** The metered use of the last four weeks that each provider told of, by account, model and tier. */
export async function findUsedModels(db: Db, ctx: Ctx): Promise<UsedModelOf[]> {
  const org = ctx.organization.id;
  const since = addDays(utcDateOf(ctx.now), -(DAYS_REMEMBERED + 28));
  const days = Prisma.sql`organization_id = ${org}::uuid AND day > ${since}::date AND day <= ${utcDateOf(ctx.now)}::date`;
  const counted = await countedUsage(db, ctx, days);
  const rows = await db.$queryRaw<Raw[]>`
    WITH metered AS (
      SELECT service_provider_id, api_account_id, identity_id, day, currency FROM usage_day
      WHERE ${days} AND cost_kind = 'metered'
    ), last AS (SELECT service_provider_id, max(day) AS day FROM metered GROUP BY 1)
    SELECT m.service_provider_id AS "serviceProviderId", m.api_account_id AS "apiAccountId", c.model,
      c.service_tier::text AS "serviceTier", c.currency,
      sum(c.uncached_input)::text AS "uncachedInput", sum(c.cache_read)::text AS "cacheRead",
      sum(c.cache_write_5m)::text AS "cacheWrite5m", sum(c.cache_write_1h)::text AS "cacheWrite1h",
      sum(c.output)::text AS output, coalesce(sum(c.counted_nano), 0)::text AS "costNano"
    FROM (${counted}) c
    JOIN metered m ON m.identity_id = c.identity_id AND m.day = c.day AND m.currency = c.currency
    JOIN last l ON l.service_provider_id = m.service_provider_id AND m.day > l.day - 28
    WHERE c.cost_kind = 'metered'
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2 NULLS LAST, 3, 4, 5`;
  return rows.map(({ uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, output, costNano, ...row }) => ({
    ...row,
    tokens: {
      uncachedInput: Number(uncachedInput),
      cacheRead: Number(cacheRead),
      cacheWrite5m: Number(cacheWrite5m),
      cacheWrite1h: Number(cacheWrite1h),
      output: Number(output),
    },
    costNano: BigInt(costNano),
  }));
}

/** The contracts that hold one of these plans. */
export async function findHolding(db: Db, ctx: Ctx, planIds: readonly string[]): Promise<string[]> {
  if (planIds.length === 0) return [];
  const rows = await db.subscriptionTerm.findMany({
    where: { organizationId: ctx.organization.id, planId: { in: [...planIds] } },
    distinct: ["subscriptionId"],
    orderBy: { subscriptionId: "asc" },
    select: { subscriptionId: true },
  });
  return rows.map(({ subscriptionId }) => subscriptionId);
}

export async function findPlanRules(
  db: Db,
  ctx: Ctx,
  planIds: readonly string[],
): Promise<[string, ProrationRule][]> {
  const rows = await db.plan.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...planIds] } },
    select: { id: true, prorationRule: true },
  });
  return rows.map(({ id, prorationRule }) => [id, prorationRule]);
}
