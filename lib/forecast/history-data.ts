import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull } from "@/lib/db/dates";
import { addDays, type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import type { ListPrice } from "@/lib/domain/list-price";
import type { MeteredDay } from "@/lib/domain/metered";
import { DAYS_REMEMBERED, HISTORY_DAYS } from "@/lib/domain/metered-forecast";
import type { Period } from "@/lib/domain/period";
import { type ForecastOf, ofAccounts } from "@/lib/forecast/touched-data";
import { Prisma } from "@/prisma/generated/client";

const { sql } = Prisma;

/** The metered cost of a day, whoever used it. */
export type UsedDay = Omit<MeteredDay, "memberId">;

/** A usage charge as a part of a history: on an account, or on a contract (use beyond what its seats include). */
export type ChargedDays = {
  readonly serviceProviderId: string;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
  readonly currency: string;
  readonly billedCostMinor: number;
  readonly period: Period;
};

/** From when to when an account was used in one currency. */
export type UsedSpan = Pick<UsedDay, "serviceProviderId" | "apiAccountId"> & {
  readonly first: CalendarDate;
  readonly last: CalendarDate;
};

/** The day after which a forecast looks back. */
export const firstDayOf = (ctx: Ctx): CalendarDate =>
  addDays(utcDateOf(ctx.now), -(HISTORY_DAYS + DAYS_REMEMBERED));

/** What these accounts used, by day, as far back as a forecast looks. */
export async function loadUsedDays(db: Db, ctx: Ctx, of: ForecastOf): Promise<UsedDay[]> {
  const rows = await db.$queryRaw<(Omit<UsedDay, "costNano"> & { costNano: string })[]>`
    SELECT day::text, service_provider_id AS "serviceProviderId", api_account_id AS "apiAccountId", currency,
           sum(cost_nano)::text AS "costNano"
    FROM usage_day
    WHERE ${usedSince(ctx)} AND ${ofAccounts(of)}
    GROUP BY 1, 2, 3, 4
    ORDER BY 2, 3 NULLS LAST, 4, 1`;
  return rows.map((row) => ({ ...row, costNano: BigInt(row.costNano) }));
}

const usedSince = (ctx: Ctx): Prisma.Sql => sql`organization_id = ${ctx.organization.id}::uuid
  AND day > ${firstDayOf(ctx)}::date AND day <= ${utcDateOf(ctx.now)}::date AND cost_kind = 'metered' AND cost_nano <> 0`;

/** From when to when each account of these providers was used, as far back as a forecast looks. */
export async function loadUsedSpans(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[],
): Promise<UsedSpan[]> {
  return await db.$queryRaw<UsedSpan[]>`
    SELECT service_provider_id AS "serviceProviderId", api_account_id AS "apiAccountId", min(day)::text AS first,
           max(day)::text AS last
    FROM usage_day
    WHERE ${usedSince(ctx)} AND service_provider_id = ANY(${serviceProviderIds}::uuid[])
    GROUP BY 1, 2, currency
    ORDER BY 1, 2, currency`;
}

/** The providers whose histories these belong to. */
export async function findProvidersOf(
  db: Db,
  ctx: Ctx,
  { serviceProviderIds, apiAccountIds, unmatchedOf }: ForecastOf,
): Promise<string[]> {
  const rows = await db.apiAccount.groupBy({
    by: "serviceProviderId",
    where: { organizationId: ctx.organization.id, id: { in: [...apiAccountIds] } },
  });
  const ofAccounts = rows.map(({ serviceProviderId }) => serviceProviderId);
  return [...new Set([...serviceProviderIds, ...unmatchedOf, ...ofAccounts])].sort();
}

/** Whose use of these accounts it was in the last four weeks before these days, one row an account and member. */
export async function loadUsers(
  db: Db,
  ctx: Ctx,
  of: ForecastOf,
  known: ReadonlyMap<string, CalendarDate>,
): Promise<MeteredDay[]> {
  const providers = [...known].sort();
  const rows = await db.$queryRaw<(Omit<MeteredDay, "costNano"> & { costNano: string })[]>`
    SELECT max(day)::text AS day, service_provider_id AS "serviceProviderId", api_account_id AS "apiAccountId",
           member_id AS "memberId", currency, sum(cost_nano)::text AS "costNano"
    FROM usage_day
    JOIN unnest(${providers.map(([id]) => id)}::uuid[], ${providers.map(([, day]) => day)}::date[]) AS known (provider, end_day)
      ON service_provider_id = provider AND day >= end_day - 28 AND day < end_day
    WHERE organization_id = ${ctx.organization.id}::uuid AND cost_kind = 'metered' AND cost_nano <> 0 AND ${ofAccounts(of)}
    GROUP BY 2, 3, 4, 5
    ORDER BY 2, 3 NULLS LAST, 4 NULLS LAST, 5`;
  return rows.map((row) => ({ ...row, costNano: BigInt(row.costNano) }));
}

/** The usage charges on these accounts, or on these contracts, of invoices that are not voided. */
export async function loadChargedDays(db: Db, ctx: Ctx, of: ForecastOf): Promise<ChargedDays[]> {
  const rows = await db.$queryRaw<
    (Omit<ChargedDays, "billedCostMinor" | "period"> & Period & { billedCostMinor: string })[]
  >`
    SELECT i.service_provider_id AS "serviceProviderId", c.subscription_id AS "subscriptionId",
      c.api_account_id AS "apiAccountId", i.currency, sum(c.billed_cost_minor)::text AS "billedCostMinor",
      coalesce(c.charge_period_start, date_trunc('month', i.issue_date)::date)::text AS start,
      coalesce(c.charge_period_end, (date_trunc('month', i.issue_date) + interval '1 month')::date)::text AS end
    FROM charge c JOIN invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
    WHERE c.organization_id = ${ctx.organization.id}::uuid AND i.voided_at IS NULL AND c.charge_category = 'usage'
      AND NOT c.out_of_scope
      AND (c.subscription_id = ANY(${of.subscriptionIds}::uuid[])
           OR c.api_account_id = ANY(${of.apiAccountIds}::uuid[])
           OR (c.api_account_id IS NOT NULL AND i.service_provider_id = ANY(${of.serviceProviderIds}::uuid[])))
      AND coalesce(c.charge_period_end, (date_trunc('month', i.issue_date) + interval '1 month')::date) > ${firstDayOf(ctx)}::date
    GROUP BY 1, 2, 3, 4, 6, 7
    ORDER BY 1, 2, 3, 4, 6, 7`;
  return rows.map(({ start, end, ...row }) => ({
    ...row,
    billedCostMinor: Number(row.billedCostMinor),
    period: { start, end },
  }));
}

/** The list prices of the plans that these contracts hold, and the day on which each contract renews. */
export async function loadRenewals(
  db: Db,
  ctx: Ctx,
  subscriptionIds: readonly string[],
): Promise<{ prices: ListPrice[]; renewsOn: ReadonlyMap<string, CalendarDate | null> }> {
  const organizationId = ctx.organization.id;
  const ids = [...subscriptionIds];
  const prices = await db.planPrice.findMany({
    where: { organizationId, plan: { subscriptionTerms: { some: { subscriptionId: { in: ids } } } } },
    select: { planId: true, startsOn: true, billingInterval: true, unitPriceMinor: true, currency: true },
  });
  const contracts = await db.subscription.findMany({
    where: { organizationId, id: { in: ids } },
    select: { id: true, renewsOn: true },
  });
  return {
    prices: prices.map((price) => ({
      ...price,
      startsOn: fromDbDate(price.startsOn),
      unitPriceMinor: Number(price.unitPriceMinor),
    })),
    renewsOn: new Map(contracts.map(({ id, renewsOn }) => [id, fromDbDateOrNull(renewsOn)])),
  };
}

/** The contracts that hold a plan, or all of them. */
export async function findContracts(db: Db, ctx: Ctx, planId: string | null): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(planId !== null && { subscriptionTerms: { some: { planId } } }),
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The accounts that are closed on some day, with the day from which nothing is used. */
export async function loadAccountEnds(db: Db, ctx: Ctx): Promise<Map<string, CalendarDate>> {
  const rows = await db.apiAccount.findMany({
    where: { organizationId: ctx.organization.id, endsOn: { not: null } },
    select: { id: true, endsOn: true },
  });
  return new Map(rows.flatMap(({ id, endsOn }) => (endsOn ? [[id, fromDbDate(endsOn)] as const] : [])));
}
