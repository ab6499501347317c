import { describe, expect, test } from "vitest";

import { conflictsOf, type ScenarioChange, settledChanges } from "./scenario";

const ofContract = { subscriptionId: "contract", planId: "standard", from: "2027-01-01" };
const everywhere = { apiAccountId: null, productId: null, from: "2027-01" };

const places = (changes: readonly ScenarioChange[]) => conflictsOf(changes).map(({ index }) => index);

describe("changes that cannot stand together", () => {
  test("are two moves of the same seats, and a move from where seats go", () => {
    const move: ScenarioChange = { kind: "plan", ...ofContract, toPlanId: "premium", seats: null };
    expect(places([move, { ...move, from: "2027-03-01", seats: 2 }])).toEqual([1]);
    expect(places([move, { ...move, planId: "premium", toPlanId: "max" }])).toEqual([0]);
    expect(places([move, { ...move, subscriptionId: "other" }])).toEqual([]);
    expect(places([move, { ...move, planId: "max" }])).toEqual([]);
  });

  test("are two prices of one day, two parts of one mix, two growths of one month", () => {
    const price = { unitPrice: { minor: 3_000, currency: "USD" } };
    const growth = { kind: "growth", productId: "checkout", from: "2027-01", percent: 5 } as const;
    const lists: ScenarioChange[] = [
      { kind: "seat_price", ...ofContract, ...price },
      { kind: "list_price", planId: "standard", billingInterval: "year", from: "2027-01-01", ...price },
      { kind: "model", ...everywhere, model: "opus", toModel: "haiku", percent: 50 },
      { kind: "cache", ...everywhere, percent: 50, readsPerWrite: 4 },
      { kind: "batch", ...everywhere, percent: 50 },
      { kind: "model_price", model: "opus", from: "2027-01", percent: -20 },
      { ...growth, every: "once" },
      { ...growth, every: "month" },
    ];
    expect(places(lists)).toEqual([]);
    expect(places([...lists, ...lists])).toEqual(lists.map((_, index) => lists.length + index));
  });

  test("are never more and fewer seats: they add up", () => {
    const more: ScenarioChange = { kind: "seats", ...ofContract, seats: 2 };
    expect(places([more, more, { ...more, seats: -1 }])).toEqual([]);
  });
});

describe("settled changes", () => {
  test("stand in one order whatever theirs was, and what has begun counts from tomorrow or the next month", () => {
    const seats: ScenarioChange = { kind: "seats", ...ofContract, from: "2026-03-01", seats: 2 };
    const batch: ScenarioChange = { kind: "batch", ...everywhere, from: "2026-11", percent: 50 };
    const later: ScenarioChange = { kind: "seats", ...ofContract, seats: -1 };
    const settled = settledChanges([later, batch, seats], "2026-11-24");
    expect(settled).toEqual([{ ...seats, from: "2026-11-25" }, { ...batch, from: "2026-12" }, later]);
    expect(settledChanges([seats, later, batch], "2026-11-24")).toEqual(settled);
  });
});
