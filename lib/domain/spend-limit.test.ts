import { describe, expect, test } from "vitest";

import { addDays } from "./calendar-date";
import { type CostOfDay, forecastMetered } from "./forecast";
import { againstSpendLimit } from "./spend-limit";

const NANO = 1_000_000_000n;
/** 200.00 on each day from 1 November on. */
const twoHundred = (days: number): CostOfDay[] =>
  Array.from({ length: days }, (_, index) => ({ day: addDays("2026-11-01", index), costNano: 200n * NANO }));

describe("a monthly spend limit", () => {
  test("is reached on the day that the used and the expected days say", () => {
    // 200.00 a day: 20 days used, 10 expected; 25 days make 5,000.00.
    const used = twoHundred(20);
    const { days } = forecastMetered(used, {
      known: { start: "2026-11-01", end: "2026-11-21" },
      end: "2026-12-01",
      currency: "USD",
    });
    expect(
      againstSpendLimit([...used, ...days], { month: "2026-11", limitMinor: 500_000, currency: "USD" }),
    ).toEqual({ monthMinor: 600_000, leftMinor: -100_000, reachedOn: "2026-11-25" });
  });

  test.each([
    { name: "in the past", currency: "USD", limitMinor: 39_999, left: -560_001, reachedOn: "2026-11-02" },
    { name: "to the cent", currency: "USD", limitMinor: 600_000, left: 0, reachedOn: "2026-11-30" },
    { name: "never, by a cent", currency: "USD", limitMinor: 600_001, left: 1, reachedOn: null },
    { name: "in yen", currency: "JPY", limitMinor: 5_001, left: -999, reachedOn: "2026-11-26" },
    { name: "in fils", currency: "KWD", limitMinor: 4_800_001, left: -1_199_999, reachedOn: "2026-11-25" },
    {
      name: "at once when it allows nothing",
      currency: "USD",
      limitMinor: 0,
      left: -600_000,
      reachedOn: "2026-11-01",
    },
  ])("is reached $name", ({ currency, limitMinor, left, reachedOn }) => {
    expect(againstSpendLimit(twoHundred(30), { month: "2026-11", limitMinor, currency })).toMatchObject({
      leftMinor: left,
      reachedOn,
    });
  });

  test("begins anew each month, whatever order the days come in", () => {
    const days = twoHundred(60).toReversed();
    const limit = { limitMinor: 610_000, currency: "USD" };
    expect(againstSpendLimit(days, { ...limit, month: "2026-11" }).reachedOn).toBeNull();
    expect(againstSpendLimit(days, { ...limit, month: "2026-12" })).toMatchObject({
      monthMinor: 600_000,
      reachedOn: null,
    });
    expect(againstSpendLimit(days, { ...limit, month: "2027-01" }).monthMinor).toBe(0);
  });

  test("rounds the month once, not each day", () => {
    // 30 days of 0.004 are 0.12; each rounded alone they would be nothing.
    const days = twoHundred(30).map(({ day }) => ({ day, costNano: 4_000_000n }));
    expect(againstSpendLimit(days, { month: "2026-11", limitMinor: 100, currency: "USD" })).toEqual({
      monthMinor: 12,
      leftMinor: 88,
      reachedOn: null,
    });
  });
});
