import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { ExpectedCost } from "@/lib/domain/expected-cost";
import type { HistoryForecast, Interval, MeteredHistory } from "@/lib/domain/metered-forecast";
import { daysIn } from "@/lib/domain/period";

/** Whose forecast is made anew: of these contracts, and of the accounts of these providers. */
export type ForecastOf = {
  readonly subscriptionIds: readonly string[];
  readonly serviceProviderIds: readonly string[];
};

/** A metered forecast with whose it is. */
export type KeptForecast = {
  readonly serviceProviderId: string;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
  readonly of: MeteredHistory;
  readonly forecast: HistoryForecast;
  /** The interval of the fiscal year in the books' currency. */
  readonly year: Interval;
};

/** Rows a statement: large enough for few round trips, small enough for one message. */
const CHUNK_ROWS = 5_000;

/** Puts what is expected now in the place of what was. */
export async function replaceForecasts(
  db: Db,
  ctx: Ctx,
  { subscriptionIds, serviceProviderIds }: ForecastOf,
  { costs, kept }: { costs: readonly ExpectedCost[]; kept: readonly KeptForecast[] },
): Promise<void> {
  const org = ctx.organization.id;
  await db.$executeRaw`
    WITH removed AS (
      DELETE FROM expected_cost WHERE organization_id = ${org}::uuid
        AND (subscription_id = ANY(${subscriptionIds}::uuid[])
             OR (subscription_id IS NULL AND service_provider_id = ANY(${serviceProviderIds}::uuid[]))))
    DELETE FROM metered_forecast WHERE organization_id = ${org}::uuid
      AND (subscription_id = ANY(${subscriptionIds}::uuid[])
           OR (subscription_id IS NULL AND service_provider_id = ANY(${serviceProviderIds}::uuid[])))`;
  for (let start = 0; start < costs.length; start += CHUNK_ROWS) {
    const rows = costs.slice(start, start + CHUNK_ROWS).map((cost) => toRow(org, cost));
    await db.$executeRaw`
      INSERT INTO expected_cost SELECT * FROM jsonb_populate_recordset(NULL::expected_cost, ${JSON.stringify(rows)}::jsonb)`;
  }
  if (kept.length === 0) return;
  const rows = kept.map((one) => toForecastRow(org, one));
  await db.$executeRaw`
    INSERT INTO metered_forecast SELECT * FROM jsonb_populate_recordset(NULL::metered_forecast, ${JSON.stringify(rows)}::jsonb)`;
}

/** The providers of these invoices, now and when they were last posted: their accounts' histories changed. */
export async function findProvidersOf(db: Db, ctx: Ctx, invoiceIds: readonly string[]): Promise<string[]> {
  if (invoiceIds.length === 0) return [];
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT service_provider_id AS id FROM invoice WHERE organization_id = ${org}::uuid AND id = ANY(${invoiceIds}::uuid[])
    UNION
    SELECT service_provider_id FROM ledger_entry WHERE organization_id = ${org}::uuid AND invoice_id = ANY(${invoiceIds}::uuid[])`;
  return rows.map(({ id }) => id);
}

/** All providers, or those with use in another currency than the books': a rate changes what is expected of them. */
export async function findProviders(db: Db, ctx: Ctx, which: "all" | "foreign"): Promise<string[]> {
  const { id, baseCurrency } = ctx.organization;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM service_provider p WHERE organization_id = ${id}::uuid AND (${which === "all"} OR EXISTS (
      SELECT FROM metered_forecast f WHERE f.organization_id = p.organization_id AND f.service_provider_id = p.id
        AND currency <> ${baseCurrency}))`;
  return rows.map((row) => row.id);
}

const toRow = (organizationId: string, cost: ExpectedCost) => ({
  organization_id: organizationId,
  id: newId(),
  month: cost.month,
  purpose: cost.purpose,
  billing_model: cost.billingModel,
  team_id: cost.teamId,
  product_id: cost.productId,
  service_provider_id: cost.serviceProviderId,
  subscription_id: cost.subscriptionId,
  api_account_id: cost.apiAccountId,
  currency: cost.currency,
  cost_minor: cost.costMinor,
  base_cost_minor: cost.baseCostMinor,
  below_minor: cost.belowMinor,
  above_minor: cost.aboveMinor,
});

function toForecastRow(organizationId: string, { of, forecast, ...kept }: KeptForecast) {
  const { later, days } = forecast;
  const near = forecast.near ?? later;
  return {
    organization_id: organizationId,
    id: newId(),
    service_provider_id: kept.serviceProviderId,
    subscription_id: kept.subscriptionId,
    api_account_id: kept.apiAccountId,
    currency: of.currency,
    history: of.history,
    history_days: daysIn(of.known),
    known_until: of.known.end,
    method: near.method,
    error_basis_points: basisPoints(near.tested?.errorShare),
    tested_days: near.tested?.days ?? null,
    later_method: later.method,
    later_error_basis_points: basisPoints(later.tested?.errorShare),
    later_tested_days: later.tested?.days ?? null,
    year_below_minor: kept.year.belowMinor,
    year_above_minor: kept.year.aboveMinor,
    days: days.map(({ day, costNano }) => [day, String(costNano)]),
  };
}

/** A hundredfold is as bad as any error beyond it. */
const ERROR_MAX = 1_000_000;

const basisPoints = (share: number | null | undefined): number | null =>
  share === null || share === undefined ? null : Math.min(ERROR_MAX, Math.round(share * 10_000));
