import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { allocate, fraction, wholeWeights } from "./allocate";
import { CURRENCIES, fractionDigits, isCurrency } from "./currency";
import { convert, findRate, isRateText, requireRate } from "./exchange-rate";
import { add, divideHalfEven, money, toDecimal } from "./money";

describe("money", () => {
  test("two currencies do not add", () => {
    expect(() => add(money(1, "USD"), money(1, "EUR"))).toThrow(
      expect.objectContaining({ code: "currency_mismatch" }),
    );
    expect(add(money(1, "USD"), money(2, "USD"))).toEqual({ minor: 3, currency: "USD" });
  });

  test.each([
    [123450, "USD", "1234.50"],
    [-5, "USD", "-0.05"],
    [80, "JPY", "80"],
    [1, "KWD", "0.001"],
    [-1234, "KWD", "-1.234"],
    [0, "USD", "0.00"],
  ])("%d %s is %s", (minor, currency, text) => {
    expect(toDecimal(money(minor, currency))).toBe(text);
  });

  test("yen have no smaller unit, dinars have a thousand", () => {
    expect([fractionDigits("JPY"), fractionDigits("USD"), fractionDigits("KWD")]).toEqual([0, 2, 3]);
    expect([isCurrency("USD"), isCurrency("usd"), isCurrency("XXX")]).toEqual([true, false, false]);
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
  });

  test.each([
    [5n, 2n, 2],
    [7n, 2n, 4],
    [-5n, 2n, -2],
    [-7n, 2n, -4],
    [10n, 4n, 2],
    [11n, 4n, 3],
    [0n, 7n, 0],
  ])("%d / %d rounds half to even", (numerator, denominator, result) => {
    expect(divideHalfEven(numerator, denominator)).toBe(result);
  });
});

describe("allocate", () => {
  test.each([
    { name: "splits evenly", total: 900, weights: [1, 1, 1], parts: [300, 300, 300] },
    {
      name: "gives odd cents to the first on a tie",
      total: 1000,
      weights: [1, 1, 1],
      parts: [334, 333, 333],
    },
    { name: "gives the odd cent to the largest remainder", total: 100, weights: [1, 2], parts: [33, 67] },
    { name: "gives nothing for no weight", total: 500, weights: [0, 1], parts: [0, 500] },
    { name: "splits a credit", total: -1000, weights: [1, 1, 1], parts: [-333, -333, -334] },
  ])("$name", ({ total, weights, parts }) => {
    expect(allocate(total, weights)).toEqual(parts);
  });

  test("never loses or creates a cent, and no part is a cent off its share", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc
          .array(fc.nat(1e6), { minLength: 1, maxLength: 40 })
          .filter((weights) => weights.some((weight) => weight > 0)),
        (total, weights) => {
          const parts = allocate(total, weights);
          const sum = weights.reduce((a, b) => a + b, 0);
          expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
          for (const [index, part] of parts.entries()) {
            expect(Math.abs(part - (total * (weights[index] ?? 0)) / sum)).toBeLessThan(1.001);
          }
        },
      ),
      { numRuns: 10_000 },
    );
  });

  test("refuses weights that say nothing", () => {
    expect(() => allocate(100, [0, 0])).toThrow("at least one weight is above zero");
    expect(() => allocate(100, [-1, 2])).toThrow("weights are not negative");
  });

  test("fractions become whole weights in the same proportion", () => {
    // 15/5 + 16/7 of a day's cost against 16/7: 37 to 16
    expect(wholeWeights([fraction(37, 7), fraction(16, 7)])).toEqual([37n, 16n]);
    expect(wholeWeights([fraction(1, 2), fraction(1, 3), fraction(0, 1)])).toEqual([3n, 2n, 0n]);
  });
});

describe("exchange rates", () => {
  const rates = [
    { date: "2026-10-29", from: "USD", to: "EUR", rate: "0.85" },
    { date: "2026-10-30", from: "USD", to: "EUR", rate: "0.86" },
    { date: "2026-11-02", from: "USD", to: "EUR", rate: "0.87" },
    { date: "2026-10-30", from: "GBP", to: "EUR", rate: "1.2" },
  ];
  const usd = (date: string) => ({ from: "USD", to: "EUR", date });

  test("a Sunday takes Friday's rate", () => {
    expect(findRate(rates, usd("2026-11-01"))?.date).toBe("2026-10-30");
  });

  test("a rate is at most seven days old and never from the future", () => {
    expect(findRate(rates, usd("2026-11-09"))?.date).toBe("2026-11-02");
    expect(findRate(rates, usd("2026-11-10"))).toBeNull();
    expect(findRate(rates, usd("2026-10-28"))).toBeNull();
  });

  test("a missing rate is refused with its date and pair", () => {
    expect(() => requireRate(rates, { from: "CHF", to: "EUR", date: "2026-11-01" })).toThrow(
      expect.objectContaining({
        code: "rate_missing",
        message: expect.stringMatching(/CHF to EUR.*2026-11-01/),
      }),
    );
  });

  test.each([
    [money(1000, "USD"), "0.865", "EUR", 865],
    [money(25, "USD"), "0.5", "EUR", 12],
    [money(35, "USD"), "0.5", "EUR", 18],
    [money(100, "JPY"), "0.0066", "USD", 66],
    [money(1234, "USD"), "150.25", "JPY", 1854],
    [money(1000, "KWD"), "3.25", "USD", 325],
    [money(-1000, "USD"), "0.8655", "EUR", -866],
  ])("%o at %s is %s %d minor, half to even", (amount, rate, to, minor) => {
    expect(convert(amount, { rate, to })).toEqual({ minor, currency: to });
  });

  test.each(["1", "0.5", "1.084200000000"])("%s is a rate", (text) => expect(isRateText(text)).toBe(true));
  test.each(["0", "0.0", "-1", "1e3", "NaN", "1,5", "", " 1", "01", "1.0000000000001"])(
    "%s is none",
    (text) => expect(isRateText(text)).toBe(false),
  );
});
