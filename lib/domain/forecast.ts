import { type Backtest, bestByBacktest, trialDaysOf } from "./backtest";
import { addDays, type CalendarDate, dayNumber } from "./calendar-date";
import { type Currency, fractionDigits } from "./currency";
import { minorOfNano } from "./decimal";
import { invariant } from "./errors";
import { expectedDays, type ForecastMethod, total } from "./forecast-methods";
import { contains, daysIn, type Period } from "./period";

/** Cost on a day in nano-units: what was used, or what is expected. */
export type CostOfDay = { readonly day: CalendarDate; readonly costNano: bigint };

/** What an API account, or anything that is metered, is expected to cost from a day on. */
export type MeteredForecast = {
  readonly method: ForecastMethod;
  /** Fewer than 14 days since the first use: the trailing mean, untested, and the reader is told so. */
  readonly history: "enough" | "short";
  /** Whole minor units, the sum of `days` rounded half to even once. */
  readonly expectedMinor: number;
  /** How the method did on this account; null when the history is too short to test it, then there is no interval. */
  readonly tested: Tested | null;
  /** Each day to come; they sum to what is expected, but no single day is promised. */
  readonly days: readonly CostOfDay[];
};

type Tested = {
  /** The error of totals in the backtest over their outcomes: 0.12 is 12 %. Null when nothing was used in it. */
  readonly errorShare: number | null;
  /** Over how many days each trial went: as many as are forecast, fewer when the history has no room for that. */
  readonly days: number;
  /** The interval that holds the outcome four times in five; whole minor units, `expectedMinor` within, never below 0. */
  readonly lowMinor: number;
  readonly highMinor: number;
};

const HISTORY_DAYS_MIN = 14;

/** Two years, enough for a fiscal year and the next one, and the quarter by which what is known may lag behind. */
const DAYS_MAX = 824;

/**
 * The metered part of the forecast: what the days after `known` will cost, by the method with the smallest error in a
 * rolling backtest on this history. Pure: the same history always gives the same forecast.
 *
 * The service gives, for one account and one currency, the metered days of the account and all below it, what a granted
 * or included credit covers left out, by the charge period and never by the month of a correction. `known.end` is
 * today: the running day is not over, so it is the first day forecast, and what was already used on it lies in the
 * expectation. Actual of the days before today + `expectedMinor` is the period's forecast.
 *
 * @param usage in any order, several on a day add up, days outside `known` do not count, a day without any is one of no
 *   use. Negative ones, such as a correction, lower their day; no expectation falls below zero
 * @param known the days whose use is known; the history begins with the first of them on which something was used
 * @param end the day after the last to forecast, later than `known.end`
 */
export function forecastMetered(
  usage: readonly CostOfDay[],
  { known, end, currency }: { known: Period; end: CalendarDate; currency: Currency },
): MeteredForecast {
  return forecasterOf(usage, { known, currency })(end);
}

/** The same to several ends, without making the backtest of one history twice. */
export function forecasterOf(
  usage: readonly CostOfDay[],
  { known, currency }: { known: Period; currency: Currency },
): (end: CalendarDate) => MeteredForecast {
  const history = historyOf(usage, known);
  const backtests = new Map<number, Backtest>();
  const backtestOf = (days: number): Backtest => {
    const key = trialDaysOf(history, days);
    const backtest = backtests.get(key) ?? bestByBacktest(history, days);
    backtests.set(key, backtest);
    return backtest;
  };
  return (end) => {
    const count = daysIn({ start: known.end, end });
    invariant(count >= 1 && count <= DAYS_MAX, "a forecast is for one day to two years and a quarter");
    const backtest = history.length >= HISTORY_DAYS_MIN ? backtestOf(count) : null;
    return forecastOf(history, backtest, { known, count, currency });
  };
}

function forecastOf(
  history: readonly number[],
  backtest: Backtest | null,
  { known, count, currency }: { known: Period; count: number; currency: Currency },
): MeteredForecast {
  const method = backtest?.method ?? "trailing_mean";
  const expected =
    history.length === 0 ? new Array<number>(count).fill(0) : expectedDays(method, history, count);
  const days = expected.map((cost, index) => ({ day: addDays(known.end, index), costNano: nanoOf(cost) }));

  const expectedNano = days.reduce((sum, { costNano }) => sum + costNano, 0n);
  const minor = (nano: bigint) => minorOfNano(nano, fractionDigits(currency));
  const forecast = { method, expectedMinor: minor(expectedNano), days };
  if (!backtest) return { ...forecast, history: "short", tested: null };

  const marginNano = nanoOf(backtest.margin * total(expectedDays("trailing_mean", history, count)));
  const lowNano = expectedNano > marginNano ? expectedNano - marginNano : 0n;
  const tested = {
    errorShare: backtest.errorShare,
    days: backtest.days,
    lowMinor: minor(lowNano),
    highMinor: minor(expectedNano + marginNano),
  };
  return { ...forecast, history: "enough", tested };
}

/** The cost of each known day from the first use on, in nano-units; nothing when there was none. */
function historyOf(usage: readonly CostOfDay[], known: Period): number[] {
  const costs = new Array<bigint>(daysIn(known)).fill(0n);
  const firstDay = dayNumber(known.start);
  for (const { day, costNano } of usage) {
    if (!contains(known, day)) continue;
    const index = dayNumber(day) - firstDay;
    costs[index] = (costs[index] ?? 0n) + costNano;
  }
  const first = costs.findIndex((cost) => cost > 0n);
  return first === -1 ? [] : costs.slice(first).map(Number);
}

/** The nearest whole nano-unit. */
const nanoOf = (cost: number): bigint => BigInt(Math.round(cost));
