import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { Currency } from "@/lib/domain/currency";
import { firstDayOf, type Month, periodOfMonth } from "@/lib/domain/month";
import type { UsageCostKind } from "@/lib/domain/usage";
import { seen } from "@/lib/usage/seen-data";
import { Prisma } from "@/prisma/generated/client";

const { sql } = Prisma;

export type UseAsked = {
  readonly from: Month;
  readonly to: Month;
  /** Only these people's; all whom the actor may see, where nobody is named. */
  readonly memberIds?: readonly string[];
};

/** What one person used at one provider in one month, at one kind of cost. */
export type MonthOfUse = {
  readonly memberId: string;
  readonly serviceProviderId: string;
  readonly month: Month;
  readonly costKind: UsageCostKind;
  readonly currency: Currency;
  readonly costNano: bigint;
  readonly unpriced: boolean;
};

export async function sumUse(db: Db, ctx: Ctx, asked: UseAsked): Promise<MonthOfUse[]> {
  const rows = await db.$queryRaw<(Omit<MonthOfUse, "costNano"> & { costNano: string })[]>`
    SELECT u.member_id AS "memberId", u.service_provider_id AS "serviceProviderId", u.month::text AS month,
      u.cost_kind::text AS "costKind", u.currency, sum(u.cost_nano)::text AS "costNano", sum(u.unpriced_tokens) > 0 AS unpriced
    FROM usage_month u
    WHERE u.organization_id = ${ctx.organization.id}::uuid AND u.month BETWEEN ${asked.from} AND ${asked.to}
      AND ${ofPeople(ctx, asked)}
    GROUP BY 1, 2, 3, 4, 5`;
  return rows.map((row) => ({ ...row, costNano: BigInt(row.costNano) }));
}

/** On how many days of a month one person used what seats include (or what is charged on top), or keys. */
export type ActiveDays = Pick<MonthOfUse, "memberId" | "serviceProviderId" | "month"> & {
  readonly onKeys: boolean;
  readonly days: number;
};

/** Days that a source told apart; a sum over a week says nothing of its days. */
export async function countActiveDays(db: Db, ctx: Ctx, asked: UseAsked): Promise<ActiveDays[]> {
  return await db.$queryRaw<ActiveDays[]>`
    SELECT u.member_id AS "memberId", u.service_provider_id AS "serviceProviderId", to_char(u.day, 'YYYY-MM') AS month,
      u.cost_kind = 'metered' AS "onKeys", count(DISTINCT u.day)::int AS days
    FROM usage_day u
    WHERE u.organization_id = ${ctx.organization.id}::uuid AND u.spread_days = 1
      AND u.day >= ${firstDayOf(asked.from)}::date AND u.day < ${periodOfMonth(asked.to).end}::date AND ${ofPeople(ctx, asked)}
    GROUP BY 1, 2, 3, 4`;
}

function ofPeople(ctx: Ctx, { memberIds }: UseAsked): Prisma.Sql {
  const named = memberIds ? sql`u.member_id = ANY(${[...memberIds]}::uuid[])` : sql`u.member_id IS NOT NULL`;
  return sql`${named} AND ${seen(ctx)}`;
}
