import "server-only";

import { authorize, type Ctx, visibility } from "@/lib/auth/ctx";
import { loadContracts, loadProrationRules } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { forecastReach, lastForecast } from "@/lib/domain/expected-cost";
import { PURPOSES } from "@/lib/domain/facts";
import { landingText } from "@/lib/domain/forecast-words";
import type { Interval } from "@/lib/domain/metered-forecast";
import { fiscalYearStartOf, monthOf, monthsBetween, shiftMonth } from "@/lib/domain/month";
import { forecastContracts } from "@/lib/forecast/contracts";
import {
  type ExpectedSum,
  findMeteredForecasts,
  findNamedAccounts,
  findNamedContracts,
  findProviderNames,
  type MeteredRow,
  sumActuals,
  sumExpected,
  sumLines,
} from "@/lib/forecast/data";
import { cameTo, figuresOf, seriesOf } from "@/lib/forecast/figures";
import { loadRenewals } from "@/lib/forecast/history-data";
import { LOCALE, maximumBills, spendLimits } from "@/lib/forecast/limits";
import type { Forecast, ForecastInput } from "@/lib/forecast/schema";
import { readLedger } from "@/lib/ledger/read";

/**
 * Where the contracts of the actor land, by month and in the fiscal year: seats by what their ledger expects, metered use
 * by its own history. Limits and the most that can be billed are told to those who see all of it.
 */
export async function getForecast(ctx: Ctx, { from, to }: ForecastInput): Promise<Forecast> {
  authorize(ctx, "account:read");
  const { all } = visibility(ctx);
  const reach = forecastReach(utcDateOf(ctx.now), ctx.organization.fiscalYearStart);
  const running = monthOf(reach.today);
  const until = lastForecast(reach);
  const year = yearOf(ctx, running);
  return await readLedger(ctx, async (db) => {
    const actuals = await sumActuals(db, ctx, { from, to });
    const expected = await sumExpected(db, ctx, { from: running, to: until });
    const metered = await findMeteredForecasts(db, ctx);
    const named = await loadNamed(db, ctx);
    const months = monthsBetween(from, to);
    const asked = expected.filter(({ month }) => from <= month && month <= to);
    const scope = { currency: ctx.organization.baseCurrency, until, running };
    const contracts = forecastContracts(
      { actuals, expected: asked, metered },
      { ...named, ...scope, reach, months, all },
    );
    return {
      from,
      to,
      currency: scope.currency,
      today: reach.today,
      until,
      total: figuresOf({ actuals, expected: asked }, months, scope),
      fiscalYear: await fiscalYear(db, ctx, { ...year, expected, metered, all }),
      contracts: contracts.map(({ charges: _, beyondSeats: __, ...contract }) => contract),
      spendLimits: all ? spendLimits(metered, { accounts: named.accounts, today: reach.today }) : [],
      maximumBills: all
        ? maximumBills(contracts, {
            accounts: named.accounts,
            today: reach.today,
            baseCurrency: scope.currency,
          })
        : [],
    };
  });
}

function yearOf({ organization }: Ctx, running: string) {
  const from = fiscalYearStartOf(running, organization.fiscalYearStart);
  return { from, to: shiftMonth(from, 11) };
}

async function loadNamed(db: Db, ctx: Ctx) {
  const contracts = await findNamedContracts(db, ctx);
  const ids = contracts.map(({ id }) => id);
  const subscriptions = await loadContracts(db, ctx, ids);
  return {
    contracts,
    subscriptions,
    rules: await loadProrationRules(db, ctx, [...subscriptions.values()]),
    prices: (await loadRenewals(db, ctx, ids)).prices,
    accounts: await findNamedAccounts(db, ctx),
    providerNames: await findProviderNames(db, ctx),
  };
}

type Year = {
  readonly from: string;
  readonly to: string;
  readonly expected: readonly ExpectedSum[];
  readonly metered: readonly MeteredRow[];
  readonly all: boolean;
};

async function fiscalYear(db: Db, ctx: Ctx, year: Year): Promise<Forecast["fiscalYear"]> {
  const { from, to, metered, all } = year;
  const { baseCurrency } = ctx.organization;
  const sums = await sumLines(db, ctx, { from, to });
  const rows = year.expected.filter(({ month }) => month <= to);
  const lineOf = (purposes: readonly string[]) => {
    const own = rows.filter(({ purpose }) => purposes.includes(purpose));
    const came = cameTo(sums.filter(({ purpose }) => purposes.includes(purpose)));
    return seriesOf(own, came, all ? yearIntervals(own, rows, metered) : null, baseCurrency);
  };
  const total = lineOf(PURPOSES);
  return {
    from,
    to,
    lines: PURPOSES.map((purpose) => ({ purpose, ...lineOf([purpose]) })),
    total,
    text: total.forecast ? `The fiscal year ${landingText(total.forecast, total.range, LOCALE)}.` : "",
  };
}

/** Each account's interval of the year, in the part that its expected cost has among these rows. */
function yearIntervals(
  own: readonly ExpectedSum[],
  all: readonly ExpectedSum[],
  metered: readonly MeteredRow[],
): Interval[] {
  return metered.flatMap((row) => {
    const ofRow = (sums: readonly ExpectedSum[]) =>
      sums
        .filter(
          (sum) =>
            sum.apiAccountId === row.apiAccountId &&
            sum.subscriptionId === row.subscriptionId &&
            sum.serviceProviderId === row.serviceProviderId &&
            sum.currency === row.currency,
        )
        .reduce((sum, { expectedMinor }) => sum + Math.abs(expectedMinor), 0);
    const whole = ofRow(all);
    if (whole === 0 || ofRow(own) === 0) return [];
    const share = ofRow(own) / whole;
    const part = (minor: number | null) => (minor === null ? null : minor * share);
    return [{ belowMinor: part(row.year.belowMinor), aboveMinor: part(row.year.aboveMinor) }];
  });
}
