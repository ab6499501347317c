import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { ChargeCategory, Purpose } from "@/lib/domain/facts";
import type { Month } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";
import { seenEntries } from "@/lib/ledger/visible";

/** What one thing cost in one month and line; its own cost is null where it has several currencies. */
export type ThingSum = {
  readonly month: Month;
  readonly purpose: Purpose;
  readonly subscriptionId: string | null;
  readonly planId: string | null;
  readonly apiAccountId: string | null;
  readonly productId: string | null;
  readonly serviceProviderId: string;
  readonly chargeCategory: ChargeCategory;
  readonly correction: boolean;
  readonly baseCostMinor: number;
  readonly costMinor: number | null;
  readonly currency: string;
  readonly seatDays: number | null;
};

/** What the actor may see of two months, by what it was for. */
export async function sumThings(db: Db, ctx: Ctx, months: readonly Month[]): Promise<ThingSum[]> {
  const rows = await db.$queryRaw<
    (Omit<ThingSum, "baseCostMinor" | "costMinor"> & { baseCostMinor: string; costMinor: string | null })[]
  >`
    SELECT month, purpose::text, subscription_id AS "subscriptionId", plan_id AS "planId",
           api_account_id AS "apiAccountId", product_id AS "productId", service_provider_id AS "serviceProviderId",
           charge_category::text AS "chargeCategory", correction_of IS NOT NULL AS correction,
           sum(base_cost_minor)::text AS "baseCostMinor", min(currency) AS currency,
           CASE WHEN min(currency) = max(currency) THEN sum(cost_minor)::text END AS "costMinor",
           sum(seat_days)::int AS "seatDays"
    FROM ledger_entry
    WHERE organization_id = ${ctx.organization.id}::uuid AND kind = 'cost' AND month = ANY(${[...months]}::text[])
      AND ${seenEntries(ctx).where}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ORDER BY 2, 3, 4, 5, 6, 7, 8, 9`;
  return rows.map((row) => ({
    ...row,
    baseCostMinor: Number(row.baseCostMinor),
    costMinor: row.costMinor === null ? null : Number(row.costMinor),
  }));
}

export type UsedModel = {
  readonly apiAccountId: string;
  readonly month: Month;
  readonly model: string;
  readonly tokens: bigint;
  readonly meteredNano: bigint;
};

/** The metered use of every account in these months, by model. */
export async function sumModels(db: Db, ctx: Ctx, months: readonly Month[]): Promise<UsedModel[]> {
  const rows = await db.$queryRaw<
    (Pick<UsedModel, "apiAccountId" | "month" | "model"> & { tokens: string; meteredNano: string })[]
  >`
    SELECT api_account_id AS "apiAccountId", month, model,
           sum(uncached_input + cache_read + cache_write_5m + cache_write_1h + output)::text AS tokens,
           sum(cost_nano)::text AS "meteredNano"
    FROM usage_month
    WHERE organization_id = ${ctx.organization.id}::uuid AND month = ANY(${[...months]}::text[])
      AND api_account_id IS NOT NULL AND cost_kind = 'metered'
    GROUP BY 1, 2, 3`;
  return rows.map(({ tokens, meteredNano, ...row }) => ({
    ...row,
    tokens: BigInt(tokens),
    meteredNano: BigInt(meteredNano),
  }));
}

/** The first day in the month on which a name of the account used the model. */
export async function findFirstDay(
  db: Db,
  ctx: Ctx,
  { apiAccountIds, month, model }: { apiAccountIds: readonly string[]; month: Month; model: string },
): Promise<CalendarDate | null> {
  const [row] = await db.$queryRaw<{ day: Date | null }[]>`
    SELECT min(u.day) AS day FROM usage_month m
    JOIN LATERAL (
      SELECT day FROM usage
      WHERE organization_id = m.organization_id AND identity_id = m.identity_id AND model = m.model
        AND day >= ${`${month}-01`}::date AND day < (${`${month}-01`}::date + interval '1 month')
      ORDER BY day LIMIT 1) u ON true
    WHERE m.organization_id = ${ctx.organization.id}::uuid AND m.month = ${month} AND m.model = ${model}
      AND m.api_account_id = ANY(${[...apiAccountIds]}::uuid[])`;
  return row?.day ? fromDbDate(row.day) : null;
}

export type NamedTerm = {
  readonly subscriptionId: string;
  readonly planId: string;
  readonly startsOn: CalendarDate;
  readonly unitPriceMinor: number;
  readonly currency: string;
};

export type ThingNames = {
  readonly names: ReadonlyMap<string, Named>;
  readonly parents: ReadonlyMap<string, string | null>;
  readonly terms: readonly NamedTerm[];
};

/** What the contracts, accounts and products are called, how the accounts hang together, and what seats cost when. */
export async function loadThings(db: Db, ctx: Ctx): Promise<ThingNames> {
  const where = { organizationId: ctx.organization.id };
  const named = { where, select: { id: true, name: true } } as const;
  const accounts = await db.apiAccount.findMany({ where, select: { id: true, name: true, parentId: true } });
  const rows = [
    ...(await db.subscription.findMany(named)),
    ...(await db.plan.findMany(named)),
    ...(await db.product.findMany(named)),
    ...(await db.serviceProvider.findMany(named)),
    ...accounts.map(({ id, name }) => ({ id, name })),
  ];
  const terms = await db.subscriptionTerm.findMany({
    where,
    orderBy: { startsOn: "asc" },
    select: { subscriptionId: true, planId: true, startsOn: true, unitPriceMinor: true, currency: true },
  });
  return {
    names: new Map(rows.map((row) => [row.id, row])),
    parents: new Map(accounts.map(({ id, parentId }) => [id, parentId])),
    terms: terms.map((term) => ({
      ...term,
      startsOn: fromDbDate(term.startsOn),
      unitPriceMinor: Number(term.unitPriceMinor),
    })),
  };
}
