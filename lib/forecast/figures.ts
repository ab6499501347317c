import { landingOf } from "@/lib/domain/landing";
import type { Interval } from "@/lib/domain/metered-forecast";
import { money, sumMinor } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { ActualSum, ExpectedSum } from "@/lib/forecast/data";
import type { ForecastFigures, ForecastMonth } from "@/lib/forecast/schema";

type Scope = {
  readonly currency: string;
  /** The last month that is forecast. */
  readonly until: Month;
};

type Sums = { readonly actuals: readonly ActualSum[]; readonly expected: readonly ExpectedSum[] };

/** What some sums come to, month by month and together; not known where a month lies beyond what is forecast. */
export function figuresOf(
  { actuals, expected }: Sums,
  months: readonly Month[],
  { currency, until }: Scope,
): { months: ForecastMonth[]; total: ForecastFigures } {
  const of = (inPeriod: (month: Month) => boolean, last: Month): ForecastFigures => {
    const came = cameTo(actuals.filter(({ month }) => inPeriod(month)));
    if (last > until) {
      const nobodyKnows = { expected: null, forecast: null, forecastBeforeCredits: null, range: null };
      return { actual: money(came.actualMinor, currency), ...nobodyKnows };
    }
    const own = expected.filter(({ month }) => inPeriod(month));
    return seriesOf(own, came, intervalsOf(own), currency);
  };
  return {
    months: months.map((month) => ({ month, ...of((one) => one === month, month) })),
    total: of(() => true, months.at(-1) ?? ""),
  };
}

type Came = Pick<ActualSum, "actualMinor" | "coveredMinor">;

export const cameTo = (sums: readonly Came[]): Came => ({
  actualMinor: sumMinor(sums.map(({ actualMinor }) => actualMinor)),
  coveredMinor: sumMinor(sums.map(({ coveredMinor }) => coveredMinor)),
});

/** Actual and expected together, with the interval of what is not exact. */
export function seriesOf(
  expected: readonly ExpectedSum[],
  { actualMinor, coveredMinor }: Came,
  intervals: readonly Interval[] | null,
  currency: string,
): ForecastFigures {
  const expectedMinor = sumMinor(expected.map((one) => one.expectedMinor));
  const aheadMinor = sumMinor(expected.map((one) => one.coveredMinor));
  const { forecastMinor, range } = landingOf(
    { actualMinor, expectedMinor },
    intervals ?? [{ belowMinor: null, aboveMinor: null }],
  );
  const told = range !== null && range.lowMinor !== range.highMinor;
  return {
    actual: money(actualMinor, currency),
    expected: money(expectedMinor, currency),
    forecast: money(forecastMinor, currency),
    forecastBeforeCredits: money(forecastMinor + coveredMinor + aheadMinor, currency),
    range: told ? { low: money(range.lowMinor, currency), high: money(range.highMinor, currency) } : null,
  };
}

/** The interval of each account, whole: the parts that it has in several lines belong together. */
function intervalsOf(expected: readonly ExpectedSum[]): Interval[] {
  const series = Map.groupBy(expected, (sum) =>
    [sum.serviceProviderId, sum.subscriptionId, sum.apiAccountId, sum.currency].join(" "),
  );
  const total = (margins: readonly (number | null)[]) =>
    margins.reduce((sum, margin) => (sum === null || margin === null ? null : sum + margin), 0);
  return [...series.values()].map((rows) => ({
    belowMinor: total(rows.map(({ belowMinor }) => belowMinor)),
    aboveMinor: total(rows.map(({ aboveMinor }) => aboveMinor)),
  }));
}
