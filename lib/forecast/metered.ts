import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { Books } from "@/lib/domain/books";
import type { CreditAhead } from "@/lib/domain/credit-forecast";
import { expectedAmount } from "@/lib/domain/estimated-amount";
import { type ExpectedCost, expectedOf } from "@/lib/domain/expected-cost";
import type { CreditGrant } from "@/lib/domain/facts";
import { type ExpectedMonth, forecastHistory, type Interval } from "@/lib/domain/metered-forecast";
import { type Month, monthOf } from "@/lib/domain/month";
import { changedForecast } from "@/lib/domain/scenario-forecast";
import { type Bearing, bearers, realBearers } from "@/lib/forecast/bearers";
import { aheadOf, drawsOnCredit, type Foreseen, prepaidCosts } from "@/lib/forecast/credit";
import type { KeptForecast } from "@/lib/forecast/expected-data";
import type { HistoryOf } from "@/lib/forecast/histories";
import { loadMetered, type MeteredFacts, type PostedKnown } from "@/lib/forecast/metered-facts";
import type { ForecastOf } from "@/lib/forecast/touched-data";

type Told = { readonly costs: readonly ExpectedCost[]; readonly kept: readonly KeptForecast[] };

/** What these accounts, and the use of these contracts beyond their seats, are expected to cost. */
export async function meteredForecast(db: Db, ctx: Ctx, of: ForecastOf, known: PostedKnown): Promise<Told> {
  const facts = await loadMetered(db, ctx, of, known);
  return facts ? meteredCosts(facts) : { costs: [], kept: [] };
}

/** The forecast of metered use, as it is, or as factors of a scenario would have it. */
export function meteredCosts({ histories, credit, until, ...bearing }: MeteredFacts): Told {
  const { reach, factorOf } = bearing;
  const foreseen = histories.flatMap((history): Foreseen[] => {
    const forecast = forecastHistory(history, reach);
    if (!forecast) return [];
    const { currency } = history;
    if (!factorOf) return [{ history, forecast }];
    const changed = changedForecast(forecast, { running: monthOf(reach.today), currency }, (month) =>
      realBearers(history, month, bearing).map(({ target, weight }) => ({
        weight,
        factor: factorOf(history, target.productId, month),
      })),
    );
    return [{ history, forecast: changed }];
  });
  const ahead = new Map(
    [...credit].map(([id, own]) => [id, aheadOf(id, own, { foreseen, knownUntil: until.get(id), reach })]),
  );
  const told = foreseen.map((one) => costsOfHistory(one, ahead, bearing));
  const prepaid = [...ahead].flatMap(([id, own]) => {
    const of = credit.get(id);
    if (!of) return [];
    return prepaidCosts(own, of, ({ grant, apiAccountId, month }) => ({
      targets: bearers({ ...grant, subscriptionId: null, apiAccountId }, month, bearing),
      // How far it may be off is said where the use is; here only whether anybody knows.
      marginMinor: isTested(foreseen, grant, apiAccountId, month) ? 0 : null,
    }));
  });
  return { costs: [...told.flatMap(({ costs }) => costs), ...prepaid], kept: told.map(({ kept }) => kept) };
}

/** Whether the forecast of what will draw a grant in a month has an interval. */
function isTested(
  foreseen: readonly Foreseen[],
  { serviceProviderId, currency }: CreditGrant,
  apiAccountId: string | null,
  month: Month,
): boolean {
  const own = foreseen.find(
    ({ history }) =>
      drawsOnCredit(history) &&
      history.serviceProviderId === serviceProviderId &&
      history.apiAccountId === apiAccountId &&
      history.currency === currency,
  );
  const told = own?.forecast.months.find((one) => one.month === month);
  return told !== undefined && told.belowMinor !== null;
}

/** What one history is expected to cost, and how it is told; credit lowers both the cost and how far it may be off. */
function costsOfHistory(
  { history, forecast }: Foreseen,
  ahead: ReadonlyMap<string, CreditAhead>,
  bearing: Bearing,
): { readonly costs: readonly ExpectedCost[]; readonly kept: KeptForecast } {
  const credit = drawsOnCredit(history) ? ahead.get(history.serviceProviderId) : undefined;
  const months = forecast.months.map((month): ExpectedUse => {
    if (!credit) return { ...month, coveredMinor: 0, costShare: 1 };
    const { costMinor, coveredMinor, costShare } = credit.ofUse(
      history.apiAccountId,
      history.currency,
      month.month,
    );
    return {
      month: month.month,
      expectedMinor: costMinor,
      coveredMinor,
      costShare,
      ...part(month, costShare),
    };
  });
  const inYear = months.filter(({ month }) => month < monthOf(bearing.reach.yearEnd));
  const share = Math.max(0, ...inYear.map(({ costShare }) => costShare));
  const year = inBase(part(forecast.year, share), history, monthOf(bearing.reach.today), bearing.books);
  return {
    costs: months.flatMap((month) => costsOf(history, month, bearing)),
    kept: { ...history, of: history, forecast, year },
  };
}

type ExpectedUse = ExpectedMonth & { readonly coveredMinor: number; readonly costShare: number };

const part = ({ belowMinor, aboveMinor }: Interval, share: number): Interval => {
  const of = (minor: number | null) => (minor === null ? null : Math.round(minor * share));
  return { belowMinor: of(belowMinor), aboveMinor: of(aboveMinor) };
};

function costsOf(
  history: HistoryOf,
  { month, expectedMinor, coveredMinor, belowMinor, aboveMinor }: ExpectedUse,
  bearing: Bearing,
): ExpectedCost[] {
  const { currency, serviceProviderId, subscriptionId, apiAccountId } = history;
  const amount = expectedAmount(expectedMinor, currency, month, bearing.books);
  const covered = expectedAmount(coveredMinor, currency, month, bearing.books);
  // Without any rate there is no expectation, as there is no estimate.
  const nothing = expectedMinor === 0 && coveredMinor === 0 && !belowMinor && !aboveMinor;
  if (!amount || !covered || nothing) return [];
  return expectedOf(
    { month, billingModel: "metered", currency, serviceProviderId, subscriptionId, apiAccountId },
    {
      ...amount,
      baseCoveredMinor: covered.baseCostMinor,
      ...inBase({ belowMinor, aboveMinor }, history, month, bearing.books),
    },
    bearers(history, month, bearing),
  );
}

function inBase(interval: Interval, { currency }: HistoryOf, month: Month, books: Books): Interval {
  const convert = (minor: number | null) =>
    minor === null ? null : (expectedAmount(minor, currency, month, books)?.baseCostMinor ?? null);
  return { belowMinor: convert(interval.belowMinor), aboveMinor: convert(interval.aboveMinor) };
}
