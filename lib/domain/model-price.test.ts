import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { divideHalfEven } from "./decimal";
import { costOfTokens, type ModelPrice, nanoPerTokenOf, perMillionOf, priceBook } from "./model-price";
import { NO_TOKENS, TOKEN_TYPES, type TokenCounts, type TokenType } from "./usage";

const OPUS = {
  uncachedInput: "5000",
  cacheRead: "500",
  cacheWrite5m: "6250",
  cacheWrite1h: "10000",
  output: "25000",
};

/** Opus at $5 and $25 a million from 2026; each test changes the one thing it is about. */
const aPrice = (changes: Partial<ModelPrice> = {}): ModelPrice => ({
  model: "claude-opus-4-5",
  serviceTier: "standard",
  startsOn: "2026-01-01",
  currency: "USD",
  nanoPerToken: OPUS,
  ...changes,
});

const outputAt = (output: string) => ({ nanoPerToken: { ...OPUS, output } });
const use = (tokens: Partial<TokenCounts>, changes: Partial<Parameters<typeof costOfTokens>[1]> = {}) => ({
  model: "claude-opus-4-5",
  serviceTier: "standard" as const,
  day: "2026-06-01",
  tokens: { ...NO_TOKENS, ...tokens },
  ...changes,
});

describe("a price a million tokens", () => {
  test.each([
    ["5", "5000"],
    ["6.25", "6250"],
    ["0.0125", "12.5"],
    ["0.0625", "62.5"],
    [".1", "100"],
    ["0", "0"],
    ["0.000000001", "0.000001"],
    ["3.125", "3125"],
    ["1e-3", "1"],
    ["1e3", "1000000"],
    ["0.01875", "18.75"],
  ])("of %s is %s nano-units a token", (perMillion, nano) => {
    expect(nanoPerTokenOf(perMillion)).toBe(nano);
  });

  test.each(["", "-1", "1,5", "$5", "NaN"])("is not %j", (text) => {
    expect(nanoPerTokenOf(text)).toBeNull();
  });

  test("comes back as it went", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.integer({ min: 0, max: 12 }),
        (digits, scale) => {
          const nano = nanoPerTokenOf(`${digits}e-${scale}`);
          expect(nano).not.toBeNull();
          const perMillion = perMillionOf(nano ?? "");
          expect(nanoPerTokenOf(perMillion)).toBe(nano);
          expect(perMillion).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/);
        },
      ),
    );
  });
});

describe("costOfTokens", () => {
  test("prices each type of token by itself", () => {
    const tokens = {
      uncachedInput: 1_000_000,
      cacheRead: 2_000_000,
      cacheWrite5m: 4,
      cacheWrite1h: 3,
      output: 10,
    };
    expect(costOfTokens(priceBook([aPrice()]), use(tokens))).toEqual({
      nano: 5_000_000_000n + 1_000_000_000n + 25_000n + 30_000n + 250_000n,
      currency: "USD",
    });
  });

  test.each([
    ["12.5", 1, 12n],
    ["12.5", 2, 25n],
    ["12.5", 3, 38n],
    ["62.5", 1, 62n],
    ["62.5", 2, 125n],
    ["62.5", 1_000_001, 62_500_062n],
    ["0.000001", 500_000, 0n],
    ["0.000001", 1_500_000, 2n],
    ["10", 0, 0n],
  ])("at %s nano-units %d tokens cost %s", (output, count, nano) => {
    expect(costOfTokens(priceBook([aPrice(outputAt(output))]), use({ output: count }))?.nano).toBe(nano);
  });

  test("rounds once for the row, not once for each type", () => {
    const halves = { ...OPUS, uncachedInput: "0.5", output: "0.5" };
    const book = priceBook([aPrice({ nanoPerToken: halves })]);
    expect(costOfTokens(book, use({ uncachedInput: 1, output: 1 }))?.nano).toBe(1n);
  });

  test.each([
    ["2026-02-28", 25_000n],
    ["2026-03-01", 20_000n],
    ["2026-08-31", 20_000n],
    ["2027-01-01", 10_000n],
  ])("on %s takes the price that began last", (day, nano) => {
    const prices = [
      aPrice({ startsOn: "2026-12-31", ...outputAt("10000") }),
      aPrice(),
      aPrice({ startsOn: "2026-03-01", ...outputAt("20000") }),
    ];
    expect(costOfTokens(priceBook(prices), use({ output: 1 }, { day }))?.nano).toBe(nano);
  });

  test.each([
    ["another model", { model: "claude-opus-4" }],
    ["a day before the first price", { day: "2025-12-31" }],
    ["a tier without a price", { serviceTier: "fast" as const }],
  ])("does not know the price of %s", (_, changes) => {
    expect(costOfTokens(priceBook([aPrice()]), use({ output: 1 }, changes))).toBeNull();
  });

  test("says what nothing costs, in the price's currency", () => {
    expect(costOfTokens(priceBook([aPrice({ currency: "EUR" })]), use({}))).toEqual({
      nano: 0n,
      currency: "EUR",
    });
  });
});

describe("a batch", () => {
  const batch = (day: string) => use({ output: 2 }, { serviceTier: "batch", day });

  test("costs half of what is in force", () => {
    const book = priceBook([aPrice(), aPrice({ startsOn: "2026-03-01", ...outputAt("10000") })]);
    expect(costOfTokens(book, batch("2026-02-28"))?.nano).toBe(25_000n);
    expect(costOfTokens(book, batch("2026-03-01"))?.nano).toBe(10_000n);
  });

  test("costs its own price from the day that it has one", () => {
    const prices = [
      aPrice(),
      aPrice({ serviceTier: "batch", startsOn: "2026-06-01", ...outputAt("15000") }),
      aPrice({ startsOn: "2026-09-01", ...outputAt("1000") }),
    ];
    const book = priceBook(prices);
    expect(costOfTokens(book, batch("2026-05-31"))?.nano).toBe(25_000n);
    expect(costOfTokens(book, batch("2026-06-01"))?.nano).toBe(30_000n);
    expect(costOfTokens(book, batch("2026-12-01"))?.nano).toBe(30_000n);
  });
});

describe("the price book", () => {
  const nano = fc.integer({ min: 0, max: 1_000_000_000 });
  const count = fc.integer({ min: 0, max: 1_000_000_000 });
  const byType = (each: fc.Arbitrary<number>) =>
    fc.record(
      Object.fromEntries(TOKEN_TYPES.map((type) => [type, each])) as Record<TokenType, fc.Arbitrary<number>>,
    );
  const decimal = (digits: number) => `${Math.floor(digits / 1e6)}.${String(digits % 1e6).padStart(6, "0")}`;

  test("is exact: the sum in millionths of a nano-unit, rounded once; half of it in batches", () => {
    fc.assert(
      fc.property(byType(nano), byType(count), (digits, tokens) => {
        const nanoPerToken = Object.fromEntries(TOKEN_TYPES.map((type) => [type, decimal(digits[type])]));
        const book = priceBook([aPrice({ nanoPerToken: nanoPerToken as ModelPrice["nanoPerToken"] })]);
        const millionths = TOKEN_TYPES.reduce(
          (sum, type) => sum + BigInt(digits[type]) * BigInt(tokens[type]),
          0n,
        );
        expect(costOfTokens(book, use(tokens))?.nano).toBe(divideHalfEven(millionths, 1_000_000n));
        expect(costOfTokens(book, use(tokens, { serviceTier: "batch" }))?.nano).toBe(
          divideHalfEven(millionths, 2_000_000n),
        );
      }),
    );
  });

  test("is the same in whatever order its prices come", () => {
    const days = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"];
    const prices = days.map((startsOn, index) => aPrice({ startsOn, ...outputAt(String(index + 1)) }));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(prices, { minLength: 4 }),
        fc.constantFrom(...days),
        (shuffled, day) => {
          expect(costOfTokens(priceBook(shuffled), use({ output: 1 }, { day }))?.nano).toBe(
            BigInt(days.indexOf(day) + 1),
          );
        },
      ),
    );
  });
});
