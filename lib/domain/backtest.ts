import { invariant } from "./errors";
import {
  expectedDays,
  FORECAST_METHODS,
  type ForecastMethod,
  METHOD_DAYS_MIN,
  total,
} from "./forecast-methods";

/** One day of history on which the forecast is made again, from what was known before it. */
type Past = {
  readonly known: readonly number[];
  readonly actual: number;
  /** What the trailing mean said: the size of the account at that time, against which errors are measured. */
  readonly size: number;
};

/** With what one method expected on it. */
type Trial = Past & { readonly expected: number };

/** How one method did on one account. */
export type Backtest = {
  readonly method: ForecastMethod;
  /** Over how many days each trial went: as many as are to be forecast, or what the history has room for. */
  readonly days: number;
  /** Of the totals over those days: the errors' sum over the outcomes' sum (0.12 is 12 %); null when all were nothing. */
  readonly errorShare: number | null;
  /** Half the width of the interval, as a share of what the trailing mean says for the days to come. */
  readonly margin: number;
};

/** A quarter: older trials say little about the account as it is. */
const TRIALS_MAX = 90;
/** The part of the outcomes that the interval is to hold. */
const HELD = 0.8;

/**
 * Makes the forecast again on each of the last 90 days that leave enough history before and an outcome after, and picks
 * the method whose totals were off the least; on a tie the simplest one.
 *
 * The margin is what the error of four in five trials did not exceed (a conformal quantile). Trials overlap: 20 of them
 * over 10 days each say hardly more than two would. So the fewer there are that do not, the larger an error is taken, up
 * to the largest seen. Errors are measured against the size of the account at their time, so that those of a small
 * beginning count at the size of today.
 *
 * @param history cost of one day after the other, in any one unit; at least 9 days, which make two trials of one day
 * @param days how many days are to be forecast, at least 1
 */
export function bestByBacktest(history: readonly number[], days: number): Backtest {
  invariant(history.length >= METHOD_DAYS_MIN + 2 && days >= 1, "there is a trial to make");
  const trialDays = trialDaysOf(history, days);
  const pasts = pastsOf(history, trialDays);
  const results = FORECAST_METHODS.map((method) => {
    const trials = pasts.map((past) => ({
      ...past,
      expected: total(expectedDays(method, past.known, trialDays)),
    }));
    return { method, trials, error: total(trials.map(errorOf)) };
  });
  const best = results.reduce((best, result) => (result.error < best.error ? result : best));
  const outcomes = total(best.trials.map(({ actual }) => actual));
  return {
    method: best.method,
    days: trialDays,
    errorShare: outcomes > 0 ? best.error / outcomes : null,
    margin: marginOf(best.trials, trialDays),
  };
}

/** Over how many days each trial goes. Where it is the same, so is the whole backtest. */
export function trialDaysOf(history: readonly number[], days: number): number {
  return Math.min(days, Math.floor((history.length - METHOD_DAYS_MIN) / 2));
}

/** The same for every method. */
function pastsOf(history: readonly number[], days: number): Past[] {
  const last = history.length - days;
  const first = Math.max(METHOD_DAYS_MIN, last - TRIALS_MAX + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const known = history.slice(0, first + index);
    return {
      known,
      actual: total(history.slice(first + index, first + index + days)),
      size: total(expectedDays("trailing_mean", known, days)),
    };
  });
}

function marginOf(trials: readonly Trial[], days: number): number {
  const shares = trials
    .filter(({ size }) => size > 0)
    .map((trial) => errorOf(trial) / trial.size)
    .sort((a, b) => a - b);
  const separate = Math.max(1, shares.length / days);
  const rank = Math.ceil(shares.length * (HELD + (1 - HELD) / separate));
  return shares[rank - 1] ?? 0;
}

const errorOf = ({ expected, actual }: Trial): number => Math.abs(expected - actual);
