import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { ExpectedCost } from "@/lib/domain/expected-cost";
import type { HistoryForecast, Interval, MeteredHistory } from "@/lib/domain/metered-forecast";
import { daysIn } from "@/lib/domain/period";
import { type ForecastOf, rowsOf } from "@/lib/forecast/touched-data";

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
  of: ForecastOf,
  { costs, kept }: { costs: readonly ExpectedCost[]; kept: readonly KeptForecast[] },
): Promise<void> {
  const org = ctx.organization.id;
  await db.$executeRaw`
    WITH removed AS (DELETE FROM expected_cost WHERE ${rowsOf(ctx, of)})
    DELETE FROM metered_forecast WHERE ${rowsOf(ctx, of)}`;
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
  base_covered_minor: cost.baseCoveredMinor,
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
