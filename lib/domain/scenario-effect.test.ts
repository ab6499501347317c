import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { randomFacts } from "@/lib/testing/random-facts";

import type { Books } from "./books";
import { addDays } from "./calendar-date";
import { forecastReach } from "./expected-cost";
import type { Subscription } from "./facts";
import type { ListPrice } from "./list-price";
import { conflictsOf, type ScenarioChange, settledChanges } from "./scenario";
import { scenarioSeatEffect } from "./scenario-effect";

/** The fiscal year began in April 2026: what is forecast ends with March 2028. */
const REACH = forecastReach("2026-11-24", 4);
const usd = (minor: number) => ({ minor, currency: "USD" });

const term = { planId: "standard", startsOn: "2026-03-08", unitPriceMinor: 24_000, currency: "USD" };
/** Ten seats at 240.00 a year from 8 March on, of which one is held. */
const contract: Subscription = {
  id: "contract",
  serviceProviderId: "provider",
  teamId: "platform",
  billingInterval: "year",
  billingAnchor: "2026-03-08",
  endsOn: null,
  defaultPurpose: "developer_leverage",
  defaultProductId: null,
  terms: [{ ...term, seats: 10 }],
  assignments: [
    {
      ...{ memberId: "ada", planId: "standard", startsOn: "2026-03-08", endsOn: null },
      ...{ purpose: "product_running", productId: "checkout" },
    },
  ],
};

const books: Books = {
  baseCurrency: "USD",
  booksStart: "2026-01",
  today: REACH.today,
  subscriptions: new Map(),
  apiAccounts: new Map(),
  prorationRules: new Map([
    ["standard", "prorated"],
    ["premium", "prorated"],
  ]),
  memberships: new Map(),
  rates: [],
  usage: [],
  credits: { grants: [], drawn: new Map(), seatUse: [] },
};

const PREMIUM: ListPrice = {
  ...{ planId: "premium", startsOn: "2026-01-01", billingInterval: "year" as const },
  ...{ unitPriceMinor: 120_000, currency: "USD" },
};

const effectOf = (changes: readonly ScenarioChange[], prices: readonly ListPrice[] = [], of = contract) =>
  scenarioSeatEffect(of, { fees: [], prices, renewsOn: null }, settledChanges(changes, REACH.today), {
    books,
    reach: REACH,
  });

/** The difference of each month, of one line or all. */
function months(changes: readonly ScenarioChange[], { prices = [] as ListPrice[], purpose = "" } = {}) {
  const sums = new Map<string, number>();
  for (const cost of effectOf(changes, prices).costs) {
    if (purpose !== "" && cost.purpose !== purpose) continue;
    sums.set(cost.month, (sums.get(cost.month) ?? 0) + cost.baseCostMinor);
  }
  return new Map([...sums].filter(([, minor]) => minor !== 0));
}

const own = { subscriptionId: "contract", planId: "standard" };

describe("what a scenario changes in seats", () => {
  test("is nothing without a change, or of another contract", () => {
    const elsewhere: ScenarioChange = {
      kind: "seats",
      ...own,
      subscriptionId: "other",
      from: "2027-01-01",
      seats: 3,
    };
    expect(effectOf([]).costs).toEqual([]);
    expect(effectOf([elsewhere]).costs).toEqual([]);
  });

  test("three fewer at the renewal: given back before, they stay paid to the cycle's end", () => {
    const fewer: ScenarioChange = { kind: "seats", ...own, from: "2027-01-15", seats: -3 };
    const differences = months([fewer]);
    // From 8 March on 1,680.00 a year in place of 2,400.00: 24 of its 366 days are in March 2027, 110.16 in place of 157.38.
    expect([...differences.keys()].sort()[0]).toBe("2027-03");
    expect(differences.get("2027-03")).toBe(-4_722);
    // April has 30 of them: 137.70 in place of 196.72.
    expect(differences.get("2027-04")).toBe(-5_902);
    expect(months([{ ...fewer, from: "2027-03-08" }])).toEqual(differences);
  });

  test("two more in the cycle pay the rest of it by days", () => {
    // 2 x 240.00 x 66/365 (1 January to 8 March) = 86.79; January has 31 of the 66 days, 40.77.
    const more: ScenarioChange = { kind: "seats", ...own, from: "2027-01-01", seats: 2 };
    expect(months([more]).get("2027-01")).toBe(4_077);
    expect(months([more, { ...more, seats: -2 }])).toEqual(new Map());
  });

  test("another price comes with the next cycle, and holds", () => {
    const dearer: ScenarioChange = { kind: "seat_price", ...own, from: "2027-01-01", unitPrice: usd(36_600) };
    // 10 x (366.00 - 240.00) = 1,260.00 a year of 366 days: March has 24 of them, 82.62.
    expect(months([dearer]).get("2027-02")).toBeUndefined();
    expect(months([dearer]).get("2027-03")).toBe(8_262);
  });

  test("a list price comes to whoever pays the list's, and only then", () => {
    const listed: ListPrice = { ...PREMIUM, planId: "standard", unitPriceMinor: 24_000 };
    const asked: ScenarioChange = {
      kind: "list_price",
      ...{ planId: "standard", billingInterval: "year" as const },
      ...{ from: "2027-01-01", unitPrice: usd(36_600) },
    };
    expect(months([asked], { prices: [listed] }).get("2027-03")).toBe(8_262);
    expect(months([asked], { prices: [{ ...listed, unitPriceMinor: 30_000 }] })).toEqual(new Map());
  });

  test("the price that the list will ask is in the forecast: staying at the old one shows what it costs", () => {
    const prices: ListPrice[] = [
      { ...PREMIUM, planId: "standard", unitPriceMinor: 24_000 },
      { ...PREMIUM, planId: "standard", unitPriceMinor: 36_600, startsOn: "2027-01-01" },
    ];
    const stays: ScenarioChange = { kind: "seat_price", ...own, from: "2027-03-08", unitPrice: usd(24_000) };
    expect(months([stays], { prices }).get("2027-03")).toBe(-8_262);
    // Fewer seats do not keep the price away: 7 instead of 10 at 366.00, 3 x 366.00 x 24/366 = 72.00.
    const fewer: ScenarioChange = { kind: "seats", ...own, from: "2027-03-08", seats: -3 };
    expect(months([fewer], { prices }).get("2027-03")).toBe(-7_200);
  });

  test("a move takes who holds the seat along, at the list's price", () => {
    const move: ScenarioChange = { kind: "plan", ...own, from: "2027-03-08", toPlanId: "premium", seats: 1 };
    // One seat at 1,200.00 in place of 240.00: 960.00 x 24/366 = 62.95.
    const differences = months([move], { prices: [PREMIUM] });
    expect(differences.get("2027-03")).toBe(6_295);
    // Ada's seat is product running: 1,200.00 in place of a tenth of 2,400.00, all of it in that line.
    const product = months([move], { prices: [PREMIUM], purpose: "product_running" });
    expect(product.get("2027-03")).toBe(6_295);
    expect(effectOf([move]).unpriced).toMatchObject([{ toPlanId: "premium" }]);
    expect(effectOf([move]).costs).toEqual([]);
  });
});

const PLANS = ["plan-a", "plan-b", "plan-c"] as const;

/** Changes that the schema lets in: about contracts of the books, none against another. */
const changesOf = (subscriptions: readonly Subscription[], today: string): fc.Arbitrary<ScenarioChange[]> => {
  const base = fc.record({
    subscriptionId: fc.constantFrom(...subscriptions.map(({ id }) => id)),
    planId: fc.constantFrom(...PLANS),
    from: fc.integer({ min: -60, max: 400 }).map((days) => addDays(today, days)),
  });
  const price = fc.integer({ min: 0, max: 50_000 }).map(usd);
  return fc
    .array(
      fc.oneof(
        fc.tuple(base, fc.integer({ min: -8, max: 8 })).map(([of, seats]) => ({
          ...{ kind: "seats" as const, ...of, seats: seats === 0 ? 1 : seats },
        })),
        fc
          .tuple(base, fc.constantFrom(...PLANS), fc.option(fc.integer({ min: 1, max: 4 })))
          .map(([of, toPlanId, seats]) => ({ kind: "plan" as const, ...of, toPlanId, seats })),
        fc.tuple(base, price).map(([of, unitPrice]) => ({ kind: "seat_price" as const, ...of, unitPrice })),
        fc
          .tuple(base, price, fc.constantFrom("month" as const, "year" as const))
          .map(([{ planId, from }, unitPrice, billingInterval]) => ({
            ...{ kind: "list_price" as const, planId, from, unitPrice, billingInterval },
          })),
      ),
      { maxLength: 8 },
    )
    .map((changes) => {
      const kept: ScenarioChange[] = [];
      for (const change of changes) {
        if (change.kind === "plan" && change.planId === change.toPlanId) continue;
        if (conflictsOf([...kept, change]).length === 0) kept.push(change);
      }
      return kept;
    });
};

const listPrices: readonly ListPrice[] = PLANS.flatMap((planId, index) =>
  (["month", "year"] as const).map((billingInterval) => ({
    ...{ planId, billingInterval, startsOn: "2026-01-01", currency: "USD" },
    unitPriceMinor: [2_000, 2_500, 12_500][index] ?? 0,
  })),
);

test("of random books: the order of changes means nothing, and without one nothing changes", () => {
  const asked = randomFacts.chain(({ books: of }) => {
    const subscriptions = [...of.subscriptions.values()];
    return changesOf(subscriptions, of.today).chain((changes) =>
      fc.record({
        of: fc.constant(of),
        subscriptions: fc.constant(subscriptions),
        changes: fc.constant(changes),
        shuffled: fc.shuffledSubarray(changes, { minLength: changes.length }),
      }),
    );
  });
  fc.assert(
    fc.property(asked, ({ of, subscriptions, changes, shuffled }) => {
      const reach = forecastReach(of.today, 4);
      const known = { fees: [], prices: listPrices, renewsOn: null };
      const effect = (list: readonly ScenarioChange[], subscription: Subscription) =>
        scenarioSeatEffect(subscription, known, settledChanges(list, of.today), { books: of, reach });
      for (const subscription of subscriptions) {
        expect(effect([], subscription)).toEqual({ costs: [], unpriced: [] });
        const first = effect(changes, subscription);
        expect(effect(shuffled, subscription)).toEqual(first);
      }
    }),
    { numRuns: 60 },
  );
});
