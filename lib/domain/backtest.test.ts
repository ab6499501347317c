import { describe, expect, test } from "vitest";

import { bestByBacktest } from "./backtest";

const days = (count: number, cost: number): number[] => new Array<number>(count).fill(cost);
const WEEK = [10, 10, 10, 10, 10, 0, 0];

describe("the backtest", () => {
  // Nine days: a trial of one day before the eighth and one before the ninth.
  //   trailing mean   says 10 and 82 / 8 = 10.25, gets 12 and 10: off by 2 + 0.25
  //   seasonal-naive  says 10 and 10: off by 2 + 0
  //   damped trend    says 70 / 7 = 10 and 72 / 7 = 10.29: off by 2 + 0.29
  // Seasonal-naive is off by 2 of the 22 used. Its errors against the trailing mean: 2 / 10 and 0 / 10.25. Of two trials
  // the larger is taken: rank 2 x (0.8 + 0.2 / 2) = 1.8, rounded up.
  test("picks the method that was off the least, as worked by hand", () => {
    const result = bestByBacktest([...days(7, 10), 12, 10], 1);
    expect(result).toMatchObject({ method: "seasonal_naive", days: 1, margin: 0.2 });
    expect(result.errorShare).toBeCloseTo(2 / 22, 12);
  });

  test("prefers the simplest method on a tie", () => {
    expect(bestByBacktest(days(40, 10), 20)).toEqual({
      method: "trailing_mean",
      days: 16,
      errorShare: 0,
      margin: 0,
    });
  });

  test("sees the weekdays", () => {
    const { method, errorShare } = bestByBacktest([...WEEK, ...WEEK, ...WEEK, ...WEEK], 3);
    expect({ method, errorShare }).toEqual({ method: "seasonal_naive", errorShare: 0 });
  });

  test("sees steady growth", () => {
    const rising = Array.from({ length: 120 }, (_, day) => 100 + 10 * day);
    expect(bestByBacktest(rising, 14).method).toBe("damped_trend");
  });

  test.each([
    { name: "as many days as are forecast", history: 60, forecast: 20, trial: 20 },
    { name: "what half the history after the first week holds", history: 30, forecast: 20, trial: 11 },
    { name: "three days with two weeks of history", history: 14, forecast: 31, trial: 3 },
    { name: "one day with nine days of history", history: 9, forecast: 31, trial: 1 },
  ])("tries $name", ({ history, forecast, trial }) => {
    expect(bestByBacktest(days(history, 1), forecast).days).toBe(trial);
  });

  // Every tenth day costs 40 instead of 10, the mean is about 13: nine trials in ten are off by about 3 of 13, the tenth
  // by about 27 of 13. Four in five are to be held, so the tenth is not.
  test("leaves the rarest errors outside the margin", () => {
    const history = Array.from({ length: 120 }, (_, day) => (day % 10 === 9 ? 40 : 10));
    const { method, margin } = bestByBacktest(history, 1);
    expect(method).toBe("trailing_mean");
    expect(margin).toBeGreaterThan(0.15);
    expect(margin).toBeLessThan(0.4);
  });

  test("takes the largest error when there are few trials, and none that is larger", () => {
    // 10 days, one to come: trials before the eighth, ninth and tenth day, of 10, 10 and 30. The mean of 10, 10 and 10 is
    // off by 0, 0 and 20: rank 3 x (0.8 + 0.2 / 3) = 2.6, rounded up.
    expect(bestByBacktest([...days(9, 10), 30], 1)).toMatchObject({ method: "trailing_mean", margin: 2 });
  });

  test("has no share of an error when nothing was used in its trials", () => {
    expect(bestByBacktest([5, ...days(200, 0)], 7)).toMatchObject({ errorShare: null, margin: 0 });
  });

  test("refuses a history without a trial", () => {
    expect(() => bestByBacktest(days(8, 1), 1)).toThrow("a trial to make");
    expect(() => bestByBacktest(days(20, 1), 0)).toThrow("a trial to make");
  });
});
