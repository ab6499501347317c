import { invariant } from "./errors";

/** How the cost of the coming days is told from daily history, the simplest first: that one wins a tie. */
export const FORECAST_METHODS = ["trailing_mean", "seasonal_naive", "damped_trend"] as const;
export type ForecastMethod = (typeof FORECAST_METHODS)[number];

const DAYS_PER_WEEK = 7;
/** Four whole weeks, so that each weekday counts the same. */
const MEAN_DAYS = 28;
/** How far a new week moves the level, how far that move changes the trend, and what is left of the trend a week later. */
const LEVEL_STEP = 0.5;
const TREND_STEP = 0.3;
const DAMPING = 0.9;

/** The days of history that every method can work with. */
export const METHOD_DAYS_MIN = DAYS_PER_WEEK;

/**
 * What each of the coming days is expected to cost, never below zero.
 *
 * - `trailing_mean`: the mean of the last 28 days, or of all when there are fewer.
 * - `seasonal_naive`: what the same weekday cost in the last week.
 * - `damped_trend`: level and trend of whole weeks (Holt's linear method), each week to come a seventh a day, the trend
 *   fading from week to week.
 *
 * A forecast is no exact amount: it is worked out in floating point, from additions, multiplications and divisions
 * only, so that every machine comes to the same.
 *
 * @param history cost of one day after the other, in any one unit, the last one the day before the first to come; at
 *   least 7, but for the trailing mean, which needs one
 * @param days how many days are to come
 */
export function expectedDays(method: ForecastMethod, history: readonly number[], days: number): number[] {
  const expected = EXPECTED[method](history, days);
  return expected.map((cost) => (cost > 0 ? cost : 0));
}

const EXPECTED: Readonly<
  Record<ForecastMethod, (history: readonly number[], days: number) => readonly number[]>
> = {
  trailing_mean: (history, days) => {
    invariant(history.length > 0, "a mean is of one day at least");
    const last = history.slice(-MEAN_DAYS);
    return new Array<number>(days).fill(total(last) / last.length);
  },

  seasonal_naive: (history, days) => {
    invariant(history.length >= DAYS_PER_WEEK, "a week is repeated only after a week");
    const week = history.slice(-DAYS_PER_WEEK);
    return Array.from({ length: days }, (_, day) => week[day % DAYS_PER_WEEK] ?? 0);
  },

  damped_trend: (history, days) => {
    const [first, ...later] = weeksOf(history);
    invariant(first !== undefined, "a trend is told from whole weeks");
    let level = first;
    let trend = 0;
    for (const week of later) {
      const surprise = week - (level + DAMPING * trend);
      level += DAMPING * trend + LEVEL_STEP * surprise;
      trend = DAMPING * trend + LEVEL_STEP * TREND_STEP * surprise;
    }
    return Array.from({ length: days }, (_, day) => {
      if (day % DAYS_PER_WEEK === 0) {
        trend *= DAMPING;
        level += trend;
      }
      return level / DAYS_PER_WEEK;
    });
  },
};

/** The cost of whole weeks up to the last day, in time order; the days before the first of them are left out. */
function weeksOf(history: readonly number[]): number[] {
  const weeks = Math.floor(history.length / DAYS_PER_WEEK);
  const start = history.length - weeks * DAYS_PER_WEEK;
  return Array.from({ length: weeks }, (_, week) => {
    const from = start + week * DAYS_PER_WEEK;
    return total(history.slice(from, from + DAYS_PER_WEEK));
  });
}

export const total = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + cost, 0);
