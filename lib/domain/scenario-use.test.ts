import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type ModelPrice, priceBook } from "./model-price";
import { settledChanges, type UseChange } from "./scenario";
import { factorOfUse, ONE, type UsedModel } from "./scenario-use";

// Dollars a million tokens are thousands of nano-dollars a token. Claude Opus 4.5: 5.00 in, 0.50 read, 6.25 written,
// 25.00 out; Claude Haiku 4.5: a fifth of each.
const price = (model: string, input: number): ModelPrice => ({
  model,
  serviceTier: "standard",
  startsOn: "2026-01-01",
  currency: "USD",
  nanoPerToken: {
    uncachedInput: String(input),
    cacheRead: String(input / 10),
    cacheWrite5m: String((input * 5) / 4),
    cacheWrite1h: String(input * 2),
    output: String(input * 5),
  },
});
const book = priceBook([price("opus", 5_000), price("haiku", 1_000)]);

const tokens = { uncachedInput: 1_000_000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 200_000 };
const used = (model: string, costNano: bigint, changes: Partial<UsedModel> = {}): UsedModel => ({
  ...{ model, serviceTier: "standard", currency: "USD", tokens, costNano },
  ...changes,
});

const PLACE = { lineage: ["key", "workspace"], productId: "checkout", month: "2027-03" };
const everywhere = { apiAccountId: null, productId: null, from: "2027-01" };
const factor = (mix: readonly UsedModel[], ...changes: UseChange[]) =>
  factorOfUse(mix, changes, { place: PLACE, book, day: "2026-11-24" });
/** As a plain number of ten thousandths. */
const parts = (mix: readonly UsedModel[], ...changes: UseChange[]) =>
  Number((factor(mix, ...changes).factor * 10_000n) / ONE);

const OPUS = used("opus", 10_000_000_000n);
const toHaiku: UseChange = { kind: "model", ...everywhere, model: "opus", toModel: "haiku", percent: 100 };

describe("by what metered use changes", () => {
  test("Opus work on Haiku costs a fifth, half of it three fifths", () => {
    expect(parts([OPUS], toHaiku)).toBe(2_000);
    // (50 % + 50 % / 5) = 60 %
    expect(parts([OPUS], { ...toHaiku, percent: 50 })).toBe(6_000);
    // Half of the cost is not Opus: (20 % of 1 + 1) of 2.
    expect(parts([OPUS, used("haiku", 10_000_000_000n)], toHaiku)).toBe(6_000);
  });

  test("a price of one's own stays one: the real cost changes in the list's proportion", () => {
    // At list it were 5.00 + 5.00; 8.00 were charged.
    expect(parts([used("opus", 8_000_000_000n)], toHaiku)).toBe(2_000);
  });

  test("a cache of input: written once for nine reads", () => {
    // 1 M in at 5.00 and 0.2 M out at 25.00 are 10.00. Of 80 % of the input, a tenth is written at 6.25 and nine tenths
    // are read at 0.50: 0.2 x 5.00 + 0.08 x 6.25 + 0.72 x 0.50 + 5.00 = 1.00 + 0.50 + 0.36 + 5.00 = 6.86.
    const cache: UseChange = { kind: "cache", ...everywhere, percent: 80, readsPerWrite: 9 };
    expect(parts([OPUS], cache)).toBe(6_860);
    // On Haiku, a fifth of that.
    expect(parts([OPUS], cache, toHaiku)).toBe(1_372);
  });

  test("batches cost half; what is in batches already stays", () => {
    const batch: UseChange = { kind: "batch", ...everywhere, percent: 40 };
    expect(parts([OPUS], batch)).toBe(8_000);
    expect(parts([used("opus", 5_000_000_000n, { serviceTier: "batch" })], batch)).toBe(10_000);
    expect(parts([OPUS], batch, toHaiku)).toBe(1_600);
  });

  test("a model's price changes what runs on it, and what goes to it", () => {
    const dearer: UseChange = { kind: "model_price", model: "haiku", from: "2027-01", percent: 50 };
    expect(parts([OPUS], dearer)).toBe(10_000);
    expect(parts([OPUS], dearer, toHaiku)).toBe(3_000);
  });

  test("growth multiplies: once, or every month from the first on", () => {
    const growth: UseChange = {
      kind: "growth",
      productId: "checkout",
      from: "2027-01",
      percent: 10,
      every: "once",
    };
    expect(parts([], growth)).toBe(11_000);
    // January, February and March: 1.1 x 1.1 x 1.1 = 1.331
    expect(parts([], { ...growth, every: "month" })).toBe(13_310);
    expect(parts([OPUS], growth, toHaiku)).toBe(2_200);
    expect(parts([OPUS], { ...growth, percent: -100 })).toBe(0);
    expect(parts([OPUS], { ...growth, productId: "search" })).toBe(10_000);
  });

  test("only where and when it is said", () => {
    expect(parts([OPUS], { ...toHaiku, apiAccountId: "workspace" })).toBe(2_000);
    expect(parts([OPUS], { ...toHaiku, apiAccountId: "other" })).toBe(10_000);
    expect(parts([OPUS], { ...toHaiku, productId: "search" })).toBe(10_000);
    expect(parts([OPUS], { ...toHaiku, from: "2027-04" })).toBe(10_000);
  });

  test("parts that come to more than all are each taken in their proportion", () => {
    // Opus to Haiku from two changes: three quarters and a half are together all of it.
    expect(
      parts([OPUS], { ...toHaiku, percent: 75 }, { ...toHaiku, percent: 50, productId: "checkout" }),
    ).toBe(2_000);
  });

  test("what has no list price stays as it is, and is named", () => {
    const away: UseChange = { ...toHaiku, toModel: "unheard-of" };
    expect(factor([OPUS], away)).toEqual({ factor: ONE, unpriced: ["opus"], noUse: false });
    const euros = used("opus", 10_000_000_000n, { currency: "EUR" });
    expect(factor([euros], toHaiku)).toEqual({ factor: ONE, unpriced: ["opus"], noUse: false });
    expect(factor([], toHaiku)).toEqual({ factor: ONE, unpriced: [], noUse: true });
  });
});

const month = fc.constantFrom("2026-12", "2027-01", "2027-03", "2027-04");
const where = fc.record({
  apiAccountId: fc.constantFrom(null, "key", "workspace", "other"),
  productId: fc.constantFrom(null, "checkout", "search"),
  from: month,
});
const model = fc.constantFrom("opus", "haiku", "unheard-of");
const percent = fc.integer({ min: 1, max: 100 });
const change: fc.Arbitrary<UseChange> = fc.oneof(
  fc.tuple(where, model, model, percent).map(([at, from, toModel, by]) => ({
    ...{ kind: "model" as const, ...at, model: from, toModel, percent: by },
  })),
  fc.tuple(where, percent, fc.integer({ min: 1, max: 30 })).map(([at, by, readsPerWrite]) => ({
    ...{ kind: "cache" as const, ...at, percent: by, readsPerWrite },
  })),
  fc.tuple(where, percent).map(([at, by]) => ({ kind: "batch" as const, ...at, percent: by })),
  fc.tuple(model, month, fc.integer({ min: -100, max: 300 })).map(([of, from, by]) => ({
    ...{ kind: "model_price" as const, model: of, from, percent: by },
  })),
  fc
    .tuple(fc.constantFrom("checkout", "search"), month, fc.integer({ min: -100, max: 50 }), fc.boolean())
    .map(([productId, from, by, monthly]) => ({
      ...{
        kind: "growth" as const,
        productId,
        from,
        percent: by,
        every: monthly ? ("month" as const) : ("once" as const),
      },
    })),
);
const mixes = fc.array(
  fc.record({
    model,
    serviceTier: fc.constantFrom("standard" as const, "batch" as const, "priority" as const),
    currency: fc.constantFrom("USD", "USD", "EUR"),
    tokens: fc.record({
      uncachedInput: fc.nat(9_000_000),
      cacheRead: fc.nat(90_000_000),
      cacheWrite5m: fc.nat(9_000_000),
      cacheWrite1h: fc.nat(900_000),
      output: fc.nat(3_000_000),
    }),
    costNano: fc.bigInt({ min: -1_000_000_000n, max: 900_000_000_000n }),
  }),
  { maxLength: 5 },
);

test("in whatever order changes and uses stand, the factor is the same, and never below nothing", () => {
  const shuffled = fc.tuple(fc.array(change, { maxLength: 8 }), mixes).chain(([changes, mix]) =>
    fc.record({
      changes: fc.constant(changes),
      others: fc.shuffledSubarray(changes, { minLength: changes.length }),
      mix: fc.constant(mix),
      mixed: fc.shuffledSubarray(mix, { minLength: mix.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ changes, others, mix, mixed }) => {
      const settled = (list: readonly UseChange[]) => settledChanges(list, "2026-11-24") as UseChange[];
      const first = factor(mix, ...settled(changes));
      expect(factor(mixed, ...settled(others))).toEqual(first);
      expect(factor(mixed, ...others.toReversed()).factor).toBe(factor(mix, ...changes).factor);
      expect(first.factor >= 0n).toBe(true);
    }),
  );
});
