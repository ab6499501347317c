import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type CostPart, explainChange, explainChanges, type Measure, type UsedItem } from "./cost-change";

const usd = (minor: number, measure: Measure | null = null): CostPart => ({
  baseCostMinor: minor,
  own: { costMinor: minor, currency: "USD" },
  measure,
  wholeMinor: null,
  correction: false,
});

const seats = (seatDays: number, days: number, priced = "30.00 USD"): Measure => ({
  kind: "seats",
  seatDays,
  days,
  priced,
});

const use = (items: Record<string, [units: bigint, meteredNano: bigint]>): Measure => ({
  kind: "use",
  items: new Map(
    Object.entries(items).map(([model, [units, meteredNano]]) => [model, { units, meteredNano }]),
  ),
});

describe("why a cost changed", () => {
  test("what is new and what is gone is so as a whole", () => {
    expect(explainChange(null, usd(5_000))).toEqual([{ kind: "new", baseCostMinor: 5_000 }]);
    expect(explainChange(usd(5_000), null)).toEqual([{ kind: "gone", baseCostMinor: -5_000 }]);
    expect(explainChange(usd(5_000), usd(5_000))).toEqual([]);
  });

  test("two more seats, in a month of another length", () => {
    // September: 5 seats x 30 days = 150.00. October: 7 seats x 31 days = 210.00.
    // In seat-months 5 became 7: 150.00 x 7 / 5 = 210.00, so all 60.00 are seats.
    expect(explainChange(usd(15_000, seats(150, 30)), usd(21_000, seats(217, 31)))).toEqual([
      { kind: "seats", baseCostMinor: 6_000 },
    ]);
  });

  test("a seat more at a higher price: the seat at the old price, the price over all seats", () => {
    // 5 seats at 30.00 = 150.00; 6 at 32.00 = 192.00. The seat: 150.00 x 6 / 5 - 150.00 = 30.00; the price: 6 x 2.00.
    expect(explainChange(usd(15_000, seats(150, 30)), usd(19_200, seats(180, 30, "32.00 USD")))).toEqual([
      { kind: "seats", baseCostMinor: 3_000 },
      { kind: "price", baseCostMinor: 1_200 },
    ]);
  });

  test("a yearly fee spread by days costs more in a longer month, and no price changed", () => {
    // One seat of 365.00 a year: 28.00 in February, 31.00 in March.
    expect(explainChange(usd(2_800, seats(28, 28)), usd(3_100, seats(31, 31)))).toEqual([
      { kind: "days", baseCostMinor: 300 },
    ]);
  });

  test("a trial that ended was a price", () => {
    expect(explainChange(usd(0, seats(30, 30, "0.00 USD")), usd(3_000, seats(31, 31)))).toEqual([
      { kind: "price", baseCostMinor: 3_000 },
    ]);
  });

  test("the rate is told apart from the price", () => {
    // 100.00 EUR at 1.08 = 108.00 USD; then 110.00 EUR at 1.10 = 121.00 USD.
    // At the old rate the later cost is 118.80: the rate did 2.20, the rest 10.80 (of no known measure).
    const eur = (costMinor: number, baseCostMinor: number): CostPart => ({
      ...usd(baseCostMinor),
      own: { costMinor, currency: "EUR" },
    });
    expect(explainChange(eur(10_000, 10_800), eur(11_000, 12_100))).toEqual([
      { kind: "rate", baseCostMinor: 220 },
      { kind: "amount", baseCostMinor: 1_080 },
    ]);
  });

  test("a model that takes over: the same use, another mix", () => {
    // September: 100 units of the small model at 1.00 = 100.00.
    // October: 50 small at 1.00, 50 of the large at 5.00 = 300.00. Volume 0; price 0 (the large one is new); mix 200.00.
    const before = usd(10_000, use({ small: [100n, 100_000_000_000n] }));
    const after = usd(30_000, use({ small: [50n, 50_000_000_000n], large: [50n, 250_000_000_000n] }));
    expect(explainChange(before, after)).toEqual([{ kind: "mix", baseCostMinor: 20_000 }]);
  });

  test("volume, price and mix at once", () => {
    // September: 100 small at 1.00 and 20 large at 5.00 = 200.00; 120 units, 1.6667 each on average.
    // October: 150 small at 0.80 and 50 large at 5.00 = 370.00; 200 units.
    // Volume: 200.00 x 200 / 120 - 200.00 = 133.33. Price: small 150 x (0.80 - 1.00) = -30.00.
    // Mix: 170.00 - 133.33 + 30.00 = 66.67 (at old prices 150 + 250 = 400.00 instead of 333.33).
    const before = usd(20_000, use({ small: [100n, 100n], large: [20n, 100n] }));
    const after = usd(37_000, use({ small: [150n, 120n], large: [50n, 250n] }));
    expect(explainChange(before, after)).toEqual([
      { kind: "volume", baseCostMinor: 13_333 },
      { kind: "price", baseCostMinor: -3_000 },
      { kind: "mix", baseCostMinor: 6_667 },
    ]);
  });

  test("a discount on the invoice is a price: the meter says the same", () => {
    const metered = use({ small: [100n, 100n] });
    expect(explainChange(usd(10_000, metered), usd(9_000, metered))).toEqual([
      { kind: "price", baseCostMinor: -1_000 },
    ]);
  });

  test("of an account that two products share, more counts here", () => {
    // The account costs 200.00, then 240.00; here counted a quarter (50.00), then a half (120.00).
    // At a quarter it would be 60.00: the share did 60.00, and a fifth more use 10.00.
    const part = (minor: number, wholeMinor: number, units: bigint): CostPart => ({
      ...usd(minor, use({ small: [units, units] })),
      wholeMinor,
    });
    expect(explainChange(part(5_000, 20_000, 100n), part(12_000, 24_000, 120n))).toEqual([
      { kind: "share", baseCostMinor: 6_000 },
      { kind: "volume", baseCostMinor: 1_000 },
    ]);
  });

  test("what corrects closed months is told as that", () => {
    expect(explainChange(null, { ...usd(900), correction: true })).toEqual([
      { kind: "correction", baseCostMinor: 900 },
    ]);
  });
});

const minor = fc.integer({ min: -10_000_000, max: 10_000_000 });
const item: fc.Arbitrary<UsedItem> = fc.record({
  units: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  meteredNano: fc.bigInt({ min: 0n, max: 10n ** 15n }),
});
const measure: fc.Arbitrary<Measure | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant("seats" as const),
    seatDays: fc.integer({ min: -300, max: 3_000 }),
    days: fc.integer({ min: 28, max: 31 }),
    priced: fc.constantFrom("a", "b"),
  }),
  fc
    .dictionary(fc.constantFrom("haiku", "sonnet", "opus"), item)
    .map((items) => ({ kind: "use" as const, items: new Map(Object.entries(items)) })),
);
const part: fc.Arbitrary<CostPart> = fc.record({
  baseCostMinor: minor,
  own: fc.option(fc.record({ costMinor: minor, currency: fc.constantFrom("USD", "EUR") })),
  measure,
  wholeMinor: fc.option(minor),
  correction: fc.boolean(),
});
const month = fc
  .dictionary(fc.constantFrom("a", "b", "c", "d", "e"), part)
  .map((parts) => new Map(Object.entries(parts)));

describe("laws of what changed", () => {
  test("the effects explain the whole difference, to the minor unit", () => {
    const sum = (parts: ReadonlyMap<string, CostPart>) =>
      [...parts.values()].reduce((all, { baseCostMinor }) => all + baseCostMinor, 0);
    fc.assert(
      fc.property(month, month, (before, after) => {
        const explained = explainChanges(before, after)
          .flatMap(({ effects }) => effects)
          .reduce((all, { baseCostMinor }) => all + baseCostMinor, 0);
        expect(explained).toBe(sum(after) - sum(before));
      }),
      { numRuns: 2_000 },
    );
  });

  test("the same month twice explains nothing", () => {
    fc.assert(
      fc.property(month, (of) => {
        expect(explainChanges(of, of)).toEqual([]);
      }),
    );
  });
});
