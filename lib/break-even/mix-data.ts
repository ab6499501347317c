import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { firstDayOf, type Month, periodOfMonth } from "@/lib/domain/month";
import type { MixedUse } from "@/lib/domain/token-mix";
import type { TokenType, UsageCostKind } from "@/lib/domain/usage";
import { countedUsage } from "@/lib/usage/rollup-data";
import { seen } from "@/lib/usage/seen-data";
import { Prisma } from "@/prisma/generated/client";

type MixAsked = {
  readonly memberId: string;
  readonly serviceProviderId: string;
  readonly costKind: UsageCostKind;
  readonly from: Month;
  readonly to: Month;
};

type RawUse = Pick<MixedUse, "day" | "model" | "serviceTier" | "currency"> &
  Readonly<Record<TokenType | "costNano", string>>;

/** What one person used at one provider, by day, model and tier: the rows that count, of the days that were theirs. */
export async function findMixedUse(
  db: Db,
  ctx: Ctx,
  { memberId, serviceProviderId, costKind, from, to }: MixAsked,
): Promise<MixedUse[]> {
  const org = ctx.organization.id;
  const inMonths = (day: Prisma.Sql) =>
    Prisma.sql`${day} >= ${firstDayOf(from)}::date AND ${day} < ${periodOfMonth(to).end}::date`;
  const ofPerson = Prisma.sql`u.organization_id = ${org}::uuid AND u.member_id = ${memberId}::uuid
    AND u.service_provider_id = ${serviceProviderId}::uuid AND u.cost_kind = ${costKind}::usage_cost_kind
    AND ${inMonths(Prisma.sql`u.day`)} AND ${seen(ctx)}`;
  const identities = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT u.identity_id AS id FROM usage_day u WHERE ${ofPerson}`;
  if (identities.length === 0) return [];
  const counted = await countedUsage(
    db,
    ctx,
    Prisma.sql`organization_id = ${org}::uuid AND identity_id = ANY(${identities.map(({ id }) => id)}::uuid[])
      AND ${inMonths(Prisma.sql`day`)}`,
  );
  const rows = await db.$queryRaw<RawUse[]>`
    SELECT c.day::text, c.model, c.service_tier::text AS "serviceTier", c.currency,
      sum(c.uncached_input)::text AS "uncachedInput", sum(c.cache_read)::text AS "cacheRead",
      sum(c.cache_write_5m)::text AS "cacheWrite5m", sum(c.cache_write_1h)::text AS "cacheWrite1h",
      sum(c.output)::text AS output, coalesce(sum(c.counted_nano), 0)::text AS "costNano"
    FROM (${counted}) c
    JOIN usage_day u ON u.identity_id = c.identity_id AND u.day = c.day AND u.cost_kind = c.cost_kind AND u.currency = c.currency
    WHERE ${ofPerson}
    GROUP BY 1, 2, 3, 4`;
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
