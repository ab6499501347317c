import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadApiAccounts, loadBooks, loadMemberships, loadSeatFees } from "@/lib/books/data";
import { loadRates } from "@/lib/books/rates-data";
import { loadMeteredCharges } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import { shareByClassification, shareByUsage, UNCLASSIFIED } from "@/lib/domain/api-sharing";
import type { Books } from "@/lib/domain/books";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { expectedAmount } from "@/lib/domain/estimated-amount";
import { type ExpectedCost, expectedOf, type ForecastReach, forecastReach } from "@/lib/domain/expected-cost";
import type { ApiAccount } from "@/lib/domain/facts";
import type { Target } from "@/lib/domain/ledger-entry";
import type { MeteredDay } from "@/lib/domain/metered";
import { type ExpectedMonth, forecastHistory, type Interval } from "@/lib/domain/metered-forecast";
import { type Month, monthOf, periodOfMonth } from "@/lib/domain/month";
import type { SeatFee } from "@/lib/domain/seat-coverage";
import { expectedSeatCost } from "@/lib/domain/seat-forecast";
import { shareBySeats } from "@/lib/domain/seat-sharing";
import { type KeptForecast, replaceForecasts } from "@/lib/forecast/expected-data";
import { chargedHistories, type HistoryOf, knownUntil, usedHistories } from "@/lib/forecast/histories";
import {
  findContracts,
  findProvidersOf,
  firstDayOf,
  loadAccountEnds,
  loadChargedDays,
  loadRenewals,
  loadUsedDays,
  loadUsedSpans,
  loadUsers,
} from "@/lib/forecast/history-data";
import {
  type ForecastOf,
  type ForecastTouched,
  findCoveredAccounts,
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
  const of = { subscriptionIds, serviceProviderIds, ...(await findCoveredAccounts(db, ctx, charged)) };
  if (isNobody(of)) return;
  const forecast = await meteredForecast(db, ctx, of, loaded.books);
  const seats = subscriptionIds.length > 0 ? await seatForecast(db, ctx, subscriptionIds, loaded) : [];
  await replaceForecasts(db, ctx, of, { costs: [...seats, ...forecast.costs], kept: forecast.kept });
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

async function meteredForecast(db: Db, ctx: Ctx, of: ForecastOf, posted: Books) {
  const reach = reachOf(ctx);
  const providers = await findProvidersOf(db, ctx, of);
  const used = providers.length > 0 ? await loadUsedDays(db, ctx, of) : [];
  const charged = await loadChargedDays(db, ctx, of);
  if (used.length + charged.length === 0) return { costs: [], kept: [] };

  const apiAccounts = await loadApiAccounts(db, ctx);
  const spans = await loadUsedSpans(db, ctx, providers);
  const covering = await loadMeteredCharges(db, ctx, providers, firstDayOf(ctx));
  const known = { ...reach, apiAccounts, spans, covering, ends: await loadAccountEnds(db, ctx) };
  const histories = [...usedHistories(used, known), ...chargedHistories(charged, known)];
  const users = used.length > 0 ? await loadUsers(db, ctx, of, knownUntil(spans, reach.today)) : [];
  const books: Books = {
    ...posted,
    apiAccounts,
    memberships: new Map([
      ...posted.memberships,
      ...(await loadMemberships(db, ctx, membersOf(users, apiAccounts, posted))),
    ]),
    rates: await loadRates(db, ctx, [...new Set(histories.map(({ currency }) => currency))]),
  };
  const kept: KeptForecast[] = [];
  const costs: ExpectedCost[] = [];
  for (const history of histories) {
    const forecast = forecastHistory(history, reach);
    if (!forecast) continue;
    const year = inBase(forecast.year, history, monthOf(reach.today), books);
    kept.push({ ...history, of: history, forecast, year });
    for (const expected of forecast.months)
      costs.push(...costsOf(history, expected, { users, books, reach }));
  }
  return { costs, kept };
}

type Bearing = {
  readonly users: readonly MeteredDay[];
  readonly books: Books;
  readonly reach: ForecastReach;
};

function costsOf(
  history: HistoryOf,
  { month, expectedMinor, ...interval }: ExpectedMonth,
  bearing: Bearing,
): ExpectedCost[] {
  const { currency, serviceProviderId, subscriptionId, apiAccountId } = history;
  const amount = expectedAmount(expectedMinor, currency, month, bearing.books);
  // Without any rate there is no expectation, as there is no estimate.
  if (!amount || expectedMinor === 0) return [];
  return expectedOf(
    { month, billingModel: "metered", currency, serviceProviderId, subscriptionId, apiAccountId },
    { ...amount, ...inBase(interval, history, month, bearing.books) },
    bearers(history, month, bearing),
  );
}

function inBase(interval: Interval, { currency }: HistoryOf, month: Month, books: Books): Interval {
  const convert = (minor: number | null) =>
    minor === null ? null : (expectedAmount(minor, currency, month, books)?.baseCostMinor ?? null);
  return { belowMinor: convert(interval.belowMinor), aboveMinor: convert(interval.aboveMinor) };
}

/** Who will bear it: whose use it was lately, in the shares in force then; else the account's or the contract's own. */
function bearers(
  { serviceProviderId, subscriptionId, apiAccountId, currency }: HistoryOf,
  month: Month,
  { users, books, reach }: Bearing,
): { target: Target; weight: bigint }[] {
  const { apiAccounts, memberships, subscriptions } = books;
  const days = periodOfMonth(month);
  const subscription = subscriptionId === null ? undefined : subscriptions.get(subscriptionId);
  if (subscription) {
    return shareBySeats({
      subscription,
      planId: null,
      chargePeriod: days,
      part: days,
      memberships,
      upgrades: [],
    });
  }
  const day = days.start > reach.today ? days.start : reach.today;
  const own = users.filter(
    (used) =>
      used.serviceProviderId === serviceProviderId &&
      used.apiAccountId === apiAccountId &&
      used.currency === currency,
  );
  const byUse = shareByUsage(
    own.map((used) => ({ ...used, day })),
    apiAccounts,
    memberships,
  );
  const account = apiAccountId === null ? undefined : apiAccounts.get(apiAccountId);
  if (byUse.length > 0 || !account) return byUse.length > 0 ? byUse : [{ target: UNCLASSIFIED, weight: 1n }];
  return shareByClassification(account, apiAccounts, { days, memberships, memberId: null });
}

/** Whose team decides about a share too: who used it, or is named in one. */
function membersOf(
  users: readonly MeteredDay[],
  apiAccounts: ReadonlyMap<string, ApiAccount>,
  { memberships }: Books,
): string[] {
  const named = [...apiAccounts.values()].flatMap(({ classifications }) =>
    classifications.flatMap(({ shares }) => shares.flatMap(({ memberId }) => memberId ?? [])),
  );
  const ids = new Set([...users.flatMap(({ memberId }) => memberId ?? []), ...named]);
  return [...ids].filter((id) => !memberships.has(id));
}
