import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadBooks, loadSeatFees } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import type { Books } from "@/lib/domain/books";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { type ExpectedCost, type ForecastReach, forecastReach } from "@/lib/domain/expected-cost";
import type { SeatFee } from "@/lib/domain/seat-coverage";
import { expectedSeatCost } from "@/lib/domain/seat-forecast";
import { replaceForecasts } from "@/lib/forecast/expected-data";
import { findContracts, findProvidersOf, loadRenewals } from "@/lib/forecast/history-data";
import { meteredForecast } from "@/lib/forecast/metered";
import {
  type ForecastOf,
  type ForecastTouched,
  findCoveredAccounts,
  findCredited,
  findProviders,
  isNobody,
} from "@/lib/forecast/touched-data";
import { raiseAlerts } from "@/lib/thresholds/evaluate";

type Loaded = { readonly books: Books; readonly fees: ReadonlyMap<string, readonly SeatFee[]> };

const reachOf = (ctx: Ctx): ForecastReach =>
  forecastReach(utcDateOf(ctx.now), ctx.organization.fiscalYearStart);

/**
 * Makes the forecast anew of what a change touched, in the change's own transaction and before its entries are replaced:
 * it reads facts and sums of use, never the ledger.
 */
export async function refreshForecasts(
  db: Db,
  ctx: Ctx,
  { subscriptionIds, providers, charged }: ForecastTouched,
  loaded: Loaded,
): Promise<void> {
  const serviceProviderIds = providers === "all" ? await findProviders(db, ctx, "all") : providers;
  const of = await withCreditOf(db, ctx, {
    subscriptionIds,
    serviceProviderIds,
    ...(await findCoveredAccounts(db, ctx, charged)),
  });
  if (isNobody(of)) return;
  const forecast = await meteredForecast(db, ctx, of, { posted: loaded.books, reach: reachOf(ctx) });
  const seats = subscriptionIds.length > 0 ? await seatForecast(db, ctx, subscriptionIds, loaded) : [];
  await replaceForecasts(db, ctx, of, { costs: [...seats, ...forecast.costs], kept: forecast.kept });
}

/** Credit is drawn by all accounts of its provider together: what one leaves of it another uses. */
async function withCreditOf(db: Db, ctx: Ctx, of: ForecastOf): Promise<ForecastOf> {
  const credited = await findCredited(db, ctx, await findProvidersOf(db, ctx, of));
  return { ...of, serviceProviderIds: [...new Set([...of.serviceProviderIds, ...credited])].sort() };
}

/** The same of the contracts that hold a plan, whose list price changed while their own facts stay; alerts with it. */
export async function refreshForecastsOfPlan(db: Db, ctx: Ctx, planId: string): Promise<void> {
  await refreshUnchanged(db, ctx, await findContracts(db, ctx, planId), []);
}

/** Of everything, when the fiscal year begins in another month; alerts with it. */
export async function refreshAllForecasts(db: Db, ctx: Ctx): Promise<void> {
  await refreshUnchanged(db, ctx, await findContracts(db, ctx, null), "all");
}

async function refreshUnchanged(
  db: Db,
  ctx: Ctx,
  subscriptionIds: readonly string[],
  providers: ForecastTouched["providers"],
): Promise<void> {
  const books = await loadBooks(db, ctx, { invoices: [], subscriptionIds });
  const fees = await loadSeatFees(db, ctx, subscriptionIds);
  await refreshForecasts(db, ctx, { subscriptionIds, providers, charged: [] }, { books, fees });
  // Nothing is posted after it, which would look at the thresholds.
  await raiseAlerts(db, ctx);
}

async function seatForecast(
  db: Db,
  ctx: Ctx,
  subscriptionIds: readonly string[],
  { books, fees }: Loaded,
): Promise<ExpectedCost[]> {
  const { prices, renewsOn } = await loadRenewals(db, ctx, subscriptionIds);
  const reach = reachOf(ctx);
  return subscriptionIds.flatMap((id) => {
    const subscription = books.subscriptions.get(id);
    if (!subscription) return [];
    const known = { fees: fees.get(id) ?? [], prices, renewsOn: renewsOn.get(id) ?? null };
    return expectedSeatCost(subscription, known, books, reach);
  });
}
