import { describe, expect, test } from "vitest";

import { CATALOGUE } from "@/lib/catalogue/seed";
import { seedModelPrices } from "@/lib/model-prices/seed";

import { type BreakEven, breakEven, daysWorth, type SeatUse } from "./break-even";
import { minorOfNano } from "./decimal";
import { holdablePlans } from "./holdable-plans";
import type { ListPrice } from "./list-price";
import { costOfTokens, nanoPerTokenOf, priceBook } from "./model-price";
import { NO_TOKENS, type ServiceTier, TOKEN_TYPES, type TokenCounts, type TokenType } from "./usage";

// Flat prices against the same work in tokens, with the catalogue and the model prices that an organization starts with.

const BOOK = priceBook(
  seedModelPrices()
    .filter(({ serviceProvider }) => serviceProvider === "Anthropic")
    .map(({ model, serviceTier, startsOn, perMillion }) => ({
      ...{ model, serviceTier, startsOn, currency: "USD" },
      nanoPerToken: Object.fromEntries(
        TOKEN_TYPES.map((type) => [type, nanoPerTokenOf(perMillion[type])]),
      ) as Record<TokenType, string>,
    })),
);

const ANTHROPIC = CATALOGUE.find(({ name }) => name === "Anthropic");
const PLANS = (ANTHROPIC?.plans ?? []).map(({ name, minimumSeats = 1, includedAllowance = null }) => ({
  ...{ id: name, serviceProviderId: "Anthropic", minimumSeats, includedAllowance, archived: false },
}));
const PRICES: readonly ListPrice[] = (ANTHROPIC?.plans ?? []).flatMap(({ name, prices }) =>
  prices.map((price) => ({ planId: name, currency: "USD", ...price })),
);
/** What one person could hold in October 2026: Pro 20, Max 100, Ultra 200; with a team of five Standard 25, Premium 125 too. */
const holdable = (seats: number) =>
  holdablePlans(PLANS, PRICES, {
    ...{ serviceProviderId: "Anthropic", interval: "month", seats, on: "2026-10-31" },
  });

const dollars = (
  tokens: Partial<TokenCounts>,
  {
    model = "claude-opus-5-5",
    day = "2026-10-15",
    serviceTier = "standard" as ServiceTier,
  }: { model?: string; day?: string; serviceTier?: ServiceTier } = {},
) => {
  const cost = costOfTokens(BOOK, { model, serviceTier, day, tokens: { ...NO_TOKENS, ...tokens } });
  return minorOfNano(cost?.nano ?? -1n, 2) / 100;
};

/**
 * A day of agentic coding on Opus 5.5 (4.00 in, 0.20 read, 5.00 and 8.00 written, 20.00 out, a million tokens):
 *
 *     uncached input       40,000 x  4.00 =  0.16
 *     cache write, 5 min  400,000 x  5.00 =  2.00
 *     cache write, 1 h     50,000 x  8.00 =  0.40
 *     cache read       12,000,000 x  0.20 =  2.40
 *     output               45,000 x 20.00 =  0.90
 *                                            5.86
 */
const AGENTIC_DAY: TokenCounts = {
  uncachedInput: 40_000,
  cacheWrite5m: 400_000,
  cacheWrite1h: 50_000,
  cacheRead: 12_000_000,
  output: 45_000,
};

describe("API-equivalent", () => {
  test("prices every kind of token as what it is: without the price of cache reads a day would seem eight times as dear", () => {
    expect(dollars(AGENTIC_DAY)).toBe(5.86);
    // All 12,490,000 tokens of input at 4.00, and the output: 49.96 + 0.90 = 50.86, which is 8.7 times 5.86.
    const naive = dollars({ uncachedInput: 12_490_000, output: 45_000 });
    expect(naive).toBe(50.86);
    expect(naive / dollars(AGENTIC_DAY)).toBeGreaterThan(5);
  });

  test("takes the price of the day: Sonnet 5.5 reads its cache at half price from 7 October 2026", () => {
    const reads = { cacheRead: 10_000_000 };
    expect(dollars(reads, { model: "claude-sonnet-5-5", day: "2026-10-06" })).toBe(2);
    expect(dollars(reads, { model: "claude-sonnet-5-5", day: "2026-10-07" })).toBe(1);
  });

  test("is half in a batch, and of a model of its own price", () => {
    // Sonnet 5.5, a million in at 2.00 and 100,000 out at 10.00: 3.00, in a batch 1.50. Haiku 4.5 (1.00, 5.00): 1.50.
    const tokens = { uncachedInput: 1_000_000, output: 100_000 };
    expect(dollars(tokens, { model: "claude-sonnet-5-5" })).toBe(3);
    expect(dollars(tokens, { model: "claude-sonnet-5-5", serviceTier: "batch" })).toBe(1.5);
    expect(dollars(tokens, { model: "claude-haiku-4-5" })).toBe(1.5);
  });
});

/** October 2026 with 21 days like that: 21 x 5.86 = 123.06. */
const OCTOBER: SeatUse = {
  months: 1,
  activeDays: 21,
  coveredMinor: 12_306,
  onTopMinor: 0,
  meteredMinor: 0,
  rateLimitHits: null,
  unpriced: false,
};
const seat = (planId: string, monthlyMinor: number) => [{ planId, monthlyMinor }];
const MAX = seat("Claude Max", 10_000);
const PRO = seat("Claude Pro", 2_000);
const STANDARD = seat("Claude Team Standard", 2_500);

const advice = (use: Partial<SeatUse>, held = MAX, seats = 1) => {
  const others = holdable(seats).filter(({ planId }) => held.every((each) => each.planId !== planId));
  const { verdict, planId, savingMinor, turnsAtDays, turnsAtMinor, doubt }: BreakEven = breakEven(
    { ...OCTOBER, ...use },
    held,
    others,
  );
  return { verdict, planId, savingMinor, turnsAtDays, turnsAtMinor, doubt };
};

describe("plans that could be held", () => {
  test("are sold by the month, include some use, and need no more seats than there are", () => {
    const names = (seats: number) =>
      holdable(seats).map(({ planId, monthlyMinor }) => `${planId} ${monthlyMinor}`);
    expect(names(1)).toEqual(["Claude Pro 2000", "Claude Max 10000", "Claude Ultra 20000"]);
    expect(names(5)).toEqual([
      ...["Claude Pro 2000", "Claude Max 10000", "Claude Ultra 20000"],
      ...["Claude Team Standard 2500", "Claude Team Premium 12500"],
    ]);
  });

  test("cost a twelfth of a year where they are paid by the year, at the price of the day", () => {
    const yearly = holdablePlans(PLANS, PRICES, {
      ...{ serviceProviderId: "Anthropic", interval: "year", seats: 5, on: "2026-10-31" },
    });
    // 200.00 a year is 16.67 a month; Enterprise includes no use, so its fee is no flat price.
    expect(yearly.map(({ planId, monthlyMinor }) => `${planId} ${monthlyMinor}`)).toEqual([
      ...["Claude Pro 1667", "Claude Team Standard 2000", "Claude Team Premium 10000"],
    ]);
    const early = { serviceProviderId: "Anthropic", interval: "month" as const, seats: 5, on: "2026-03-16" };
    expect(holdablePlans(PLANS, PRICES, early)).toEqual([]);
  });
});

describe("the verdict", () => {
  test("keeps a seat that is worth its price, and says down to how many days", () => {
    // 123.06 >= 100.00. A day is worth 5.86: 17 days are 99.62, 18 are 105.48.
    expect(advice({})).toEqual({
      ...{ verdict: "keep", doubt: null, planId: null, savingMinor: null },
      ...{ turnsAtDays: 18, turnsAtMinor: null },
    });
    // On Pro at 20.00: 4 days are 23.44. Nothing says that a dearer plan is needed, so none is advised.
    expect(advice({}, PRO)).toMatchObject({ verdict: "keep", turnsAtDays: 4 });
  });

  test("takes means of whole months", () => {
    // Three months, 46 days, 269.56 (46 x 5.86): 89.85 a month is below 100.00, the next plan below costs 20.00.
    const use = { months: 3, activeDays: 46, coveredMinor: 26_956 };
    expect(advice(use)).toMatchObject({ verdict: "downgrade", planId: "Claude Pro", savingMinor: 8_000 });
  });

  test("goes down to the next plan below that costs no more than the use is worth", () => {
    // 15 days: 87.90, below 100.00. Team Standard costs 25.00, so 75.00 are saved unless more than that is charged on top;
    // from 18 days a month the seat is worth 100.00 again.
    expect(advice({ activeDays: 15, coveredMinor: 8_790 }, MAX, 5)).toEqual({
      ...{ verdict: "downgrade", doubt: null, planId: "Claude Team Standard", savingMinor: 7_500 },
      ...{ turnsAtDays: 18, turnsAtMinor: 7_500 },
    });
  });

  test("moves use that is worth less than any plan to the API", () => {
    // 14 days of 1.00: 14.00 on the API against 25.00; Pro at 20.00 would pay from the 20th day on.
    expect(advice({ activeDays: 14, coveredMinor: 1_400 }, STANDARD, 5)).toEqual({
      ...{ verdict: "move_to_api", doubt: null, planId: null, savingMinor: 1_100 },
      ...{ turnsAtDays: 20, turnsAtMinor: null },
    });
  });

  test("goes up only for what was really charged on top, or for limits that were hit", () => {
    // From Standard (25.00) to Max (100.00) it is 75.00: 90.00 on top save 15.00, 75.00 save nothing, so the seat stays.
    expect(advice({ onTopMinor: 9_000 }, STANDARD, 5)).toEqual({
      ...{ verdict: "upgrade", doubt: null, planId: "Claude Max", savingMinor: 1_500 },
      ...{ turnsAtDays: null, turnsAtMinor: 7_500 },
    });
    // 123.06 in 21 days are 5.86 a day: 5 days are worth 29.30, 4 only 23.44.
    expect(advice({ onTopMinor: 7_500 }, STANDARD, 5)).toMatchObject({
      ...{ verdict: "keep", savingMinor: null, turnsAtDays: 5, turnsAtMinor: 7_500 },
    });
    expect(advice({ rateLimitHits: 3 }, STANDARD, 5)).toMatchObject({
      ...{ verdict: "upgrade", planId: "Claude Max", savingMinor: -7_500 },
    });
    // However much the use would have cost on the API.
    expect(advice({ coveredMinor: 900_000 }, STANDARD, 5).verdict).toBe("keep");
    // There is nothing above the dearest plan.
    expect(advice({ onTopMinor: 99_000 }, seat("Claude Ultra", 20_000)).verdict).toBe("keep");
  });

  test("counts two seats of one person together", () => {
    // Standard and Max: 125.00 for 123.06. Max alone would do.
    expect(breakEven(OCTOBER, [...STANDARD, ...MAX], holdable(5))).toMatchObject({
      ...{ verdict: "downgrade", planId: "Claude Max", savingMinor: 2_500 },
    });
  });

  test("says nothing about fewer than 14 days, nor about use without a price", () => {
    expect(advice({ activeDays: 13 })).toMatchObject({ verdict: "not_enough_data", doubt: "few_days" });
    expect(advice({ unpriced: true })).toMatchObject({ verdict: "not_enough_data", doubt: "price_unknown" });
    expect(advice({ months: 0, activeDays: 0, coveredMinor: 0 }).doubt).toBe("few_days");
  });

  test("says to somebody without a seat which plan costs less than their keys did", () => {
    const onKeys = (meteredMinor: number) => advice({ coveredMinor: 0, meteredMinor }, []);
    // 150.00 on keys: of Pro 20.00 and Max 100.00 the dearer is the likelier to include as much. 200.00 saves nothing on Ultra.
    expect(onKeys(15_000)).toMatchObject({ verdict: "take_seat", planId: "Claude Max", savingMinor: 5_000 });
    expect(onKeys(20_000)).toMatchObject({ planId: "Claude Max", savingMinor: 10_000 });
    expect(onKeys(2_000)).toMatchObject({ verdict: "stay_on_api", savingMinor: null, turnsAtMinor: 2_000 });
  });
});

test("a number of days is the first on which the price is no more than the use is worth", () => {
  for (let price = 1; price <= 60; price++) {
    for (let covered = 1; covered <= 60; covered += 7) {
      const days = daysWorth({ activeDays: 14, coveredMinor: covered }, price) ?? 0;
      expect(days * covered >= price * 14).toBe(true);
      expect((days - 1) * covered < price * 14).toBe(true);
    }
  }
  expect(daysWorth({ activeDays: 14, coveredMinor: 0 }, 2_000)).toBeNull();
});
