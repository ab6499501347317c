import { describe, expect, test } from "vitest";

import { expectedDays, FORECAST_METHODS } from "./forecast-methods";

const days = (count: number, cost: number): number[] => new Array<number>(count).fill(cost);

describe("the trailing mean", () => {
  test.each([
    // (1 + 2 + 6) / 3
    { name: "of all days when there are few", history: [1, 2, 6], expected: 3 },
    // 28 days of 10; the 100 before them is too old.
    { name: "of the last 28 days", history: [100, ...days(28, 10)], expected: 10 },
    { name: "of days of no use", history: [8, 0, 0, 0], expected: 2 },
    { name: "never below zero after a correction", history: [1, -5], expected: 0 },
  ])("is $name", ({ history, expected }) => {
    expect(expectedDays("trailing_mean", history, 2)).toEqual([expected, expected]);
  });

  test("needs a day", () => {
    expect(() => expectedDays("trailing_mean", [], 1)).toThrow("one day at least");
  });
});

describe("seasonal-naive", () => {
  test("repeats the last week, weekday by weekday", () => {
    const history = [99, 99, 1, 2, 3, 4, 5, 6, 7];
    expect(expectedDays("seasonal_naive", history, 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 1, 2]);
  });

  test("repeats no correction below zero", () => {
    expect(expectedDays("seasonal_naive", [-4, 2, 2, 2, 2, 2, 2], 2)).toEqual([0, 2]);
  });

  test("needs a week", () => {
    expect(() => expectedDays("seasonal_naive", days(6, 1), 1)).toThrow("after a week");
  });
});

describe("the damped trend", () => {
  // Weeks of 70 and 140: level 70, no trend. The second surprises by 70: level 70 + 0.5 x 70 = 105, trend 0.5 x 0.3 x 70
  // = 10.5. To come: trend 10.5 x 0.9 = 9.45, week 114.45, a day 16.35; then trend 8.505, week 122.955, a day 17.565.
  test("follows a rise and lets it fade", () => {
    const expected = expectedDays("damped_trend", [...days(7, 10), ...days(7, 20)], 8);
    for (const cost of expected.slice(0, 7)) expect(cost).toBeCloseTo(16.35, 10);
    expect(expected[7]).toBeCloseTo(17.565, 10);
  });

  test("leaves out the days before the first whole week", () => {
    const weeks = [...days(7, 10), ...days(7, 20)];
    expect(expectedDays("damped_trend", [1_000, 5, ...weeks], 8)).toEqual(
      expectedDays("damped_trend", weeks, 8),
    );
  });

  test("does not fall below zero", () => {
    const expected = expectedDays("damped_trend", [...days(7, 100), ...days(56, 0)], 60);
    expect(Math.min(...expected)).toBe(0);
  });

  test("needs a week", () => {
    expect(() => expectedDays("damped_trend", days(6, 1), 1)).toThrow("whole weeks");
  });
});

test.each(FORECAST_METHODS)("%s says the constant of a constant account", (method) => {
  expect(expectedDays(method, days(45, 1_250_000_000), 31)).toEqual(days(31, 1_250_000_000));
});

test.each(FORECAST_METHODS)("%s says nothing of no days", (method) => {
  expect(expectedDays(method, days(14, 5), 0)).toEqual([]);
});
