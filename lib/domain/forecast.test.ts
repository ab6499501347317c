import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addDays } from "./calendar-date";
import { type CostOfDay, forecastMetered } from "./forecast";

const START = "2026-03-01";
const NANO = 1_000_000_000n;

const usageOf = (costs: readonly bigint[], start = START): CostOfDay[] =>
  costs.map((costNano, index) => ({ day: addDays(start, index), costNano }));

/** The forecast of so many days after a history that begins on 1 March 2026. */
function forecastOf(costs: readonly bigint[], { days = 10, currency = "USD" } = {}) {
  const end = addDays(START, costs.length);
  return forecastMetered(usageOf(costs), {
    known: { start: START, end },
    end: addDays(end, days),
    currency,
  });
}

const constant = (days: number, costNano: bigint) => new Array<bigint>(days).fill(costNano);

describe("the metered forecast", () => {
  test.each([
    // 10 days at 1.25 are 12.50: in yen half of one goes to the even neighbour.
    { currency: "USD", expected: 1_250 },
    { currency: "JPY", expected: 12 },
    { currency: "KWD", expected: 12_500 },
  ])("counts in the smallest unit of $currency, rounded once", ({ currency, expected }) => {
    expect(forecastOf(constant(30, (NANO * 5n) / 4n), { currency })).toMatchObject({
      expectedMinor: expected,
      tested: { lowMinor: expected, highMinor: expected, errorShare: 0 },
    });
  });

  test("says of fewer than 14 days of history that they are few, and tests nothing on them", () => {
    // (1 + 2 + 3) / 3 = 2 a day
    expect(forecastOf([NANO, 2n * NANO, 3n * NANO])).toMatchObject({
      method: "trailing_mean",
      history: "short",
      expectedMinor: 2_000,
      tested: null,
    });
    expect(forecastOf(constant(13, NANO))).toMatchObject({ history: "short", tested: null });
    expect(forecastOf(constant(14, NANO))).toMatchObject({ history: "enough", tested: { days: 3 } });
  });

  test("expects nothing where nothing was used", () => {
    expect(forecastOf(constant(40, 0n), { days: 2 })).toEqual({
      method: "trailing_mean",
      history: "short",
      expectedMinor: 0,
      tested: null,
      days: usageOf([0n, 0n], "2026-04-10"),
    });
  });

  test("does not thin a new account with the days before its first use", () => {
    const costs = [...constant(40, 0n), ...constant(5, 3n * NANO)];
    expect(forecastOf(costs)).toMatchObject({ history: "short", expectedMinor: 3_000 });
  });

  test("takes a day without use for one that cost nothing", () => {
    const costs = Array.from({ length: 28 }, (_, day) => (day % 2 === 0 ? 4n * NANO : 0n));
    const sparse = usageOf(costs).filter(({ costNano }) => costNano > 0n);
    const known = { start: START, end: "2026-03-29" };
    expect(forecastMetered(sparse, { known, end: "2026-04-08", currency: "USD" })).toEqual(forecastOf(costs));
  });

  test("adds up a day's use, in any order, and leaves out what lies outside the known days", () => {
    const costs = Array.from({ length: 28 }, (_, day) => BigInt(day + 1) * 2n * NANO);
    const halves = usageOf(costs.map((cost) => cost / 2n));
    const outside = [
      { day: "2026-02-28", costNano: 900n * NANO },
      { day: "2026-03-29", costNano: 900n * NANO },
    ];
    const known = { start: START, end: "2026-03-29" };
    expect(
      forecastMetered([...outside, ...halves, ...halves.toReversed()], {
        known,
        end: "2026-04-08",
        currency: "USD",
      }),
    ).toEqual(forecastOf(costs));
  });

  test("keeps the weekdays over a leap day", () => {
    // 1 February 2028 is a Tuesday, 29 February too: 7.00 on Tuesdays only.
    const usage = ["2028-02-01", "2028-02-08", "2028-02-15", "2028-02-22"].map((day) => ({
      day,
      costNano: 7n * NANO,
    }));
    const known = { start: "2028-02-01", end: "2028-02-29" };
    expect(forecastMetered(usage, { known, end: "2028-03-03", currency: "USD" })).toMatchObject({
      method: "seasonal_naive",
      expectedMinor: 700,
      days: [
        { day: "2028-02-29", costNano: 7n * NANO },
        { day: "2028-03-01", costNano: 0n },
        { day: "2028-03-02", costNano: 0n },
      ],
    });
  });

  test.each([0, -1, 825])("refuses %d days to come", (days) => {
    expect(() => forecastOf(constant(20, NANO), { days })).toThrow("one day to two years and a quarter");
  });
});

describe("laws of the metered forecast", () => {
  const anAccount = fc.array(fc.bigInt({ min: 0n, max: 10_000n * NANO }), { minLength: 1, maxLength: 80 });
  const someDays = fc.integer({ min: 1, max: 40 });
  const aCurrency = fc.constantFrom("USD", "JPY", "KWD");
  const always = (law: (costs: bigint[], ask: { days: number; currency: string }) => void) =>
    fc.assert(fc.property(anAccount, fc.record({ days: someDays, currency: aCurrency }), law), {
      numRuns: 200,
    });

  test("nothing is below zero, and the interval holds what is expected", () => {
    always((costs, ask) => {
      const { expectedMinor, tested, days } = forecastOf(costs, ask);
      expect(days.every(({ costNano }) => costNano >= 0n)).toBe(true);
      expect(tested?.lowMinor ?? 0).toBeGreaterThanOrEqual(0);
      expect(tested?.lowMinor ?? expectedMinor).toBeLessThanOrEqual(expectedMinor);
      expect(tested?.highMinor ?? expectedMinor).toBeGreaterThanOrEqual(expectedMinor);
    });
  });

  test("corrections below zero make no expectation below zero", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -NANO, max: NANO }), { maxLength: 60 }), (costs) => {
        const { days, tested } = forecastOf(costs);
        expect(days.every(({ costNano }) => costNano >= 0n)).toBe(true);
        expect(tested?.lowMinor ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("an account of four times the size gets the same method and error, and four times the cost", () => {
    // A power of two, which floating point multiplies exactly: each day is then rounded by half a nano-unit at most.
    always((costs, ask) => {
      const one = forecastOf(costs, ask);
      const four = forecastOf(
        costs.map((cost) => cost * 4n),
        ask,
      );
      expect(four.method).toBe(one.method);
      expect(four.tested?.errorShare).toBe(one.tested?.errorShare);
      four.days.forEach(({ costNano }, index) => {
        const off = costNano - 4n * one.days[index]!.costNano;
        expect(off >= -3n && off <= 3n).toBe(true);
      });
    });
  });

  test("a constant account goes on as it is", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10_000n * NANO }),
        fc.integer({ min: 1, max: 80 }),
        (cost, known) => {
          const { days, method } = forecastOf(constant(known, cost));
          expect(days.map(({ costNano }) => costNano)).toEqual(constant(10, cost));
          expect(method).toBe("trailing_mean");
        },
      ),
    );
  });

  test("days before the first use change nothing", () => {
    always((costs, ask) => {
      const end = addDays(START, costs.length);
      const earlier = { start: addDays(START, -50), end };
      const asked = { known: earlier, end: addDays(end, ask.days), currency: ask.currency };
      expect(forecastMetered(usageOf(costs), asked)).toEqual(forecastOf(costs, ask));
    });
  });
});
