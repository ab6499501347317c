import { describe, expect, test } from "vitest";

import { CATALOGUE } from "@/lib/catalogue/seed";

import type { ListPrice } from "./list-price";
import { cancelBy, nextToAct, type RenewingContract, renewalCost, renewalsOf } from "./renewals";

// What renews when, for how much, and the last day to act, with list prices of the catalogue to start with.

const PRICES: readonly ListPrice[] = CATALOGUE.flatMap(({ plans }) =>
  plans.flatMap(({ name, prices }) => prices.map((price) => ({ planId: name, currency: "USD", ...price }))),
);
const TODAY = "2026-11-25";
const asked = { today: TODAY, until: "2027-12-01" };

/** Ten seats of Claude Team Standard by the year, 240.00 each, from 8 March 2026, with 30 days' notice. */
const YEARLY: RenewingContract = {
  id: "yearly",
  terms: [
    {
      planId: "Claude Team Standard",
      startsOn: "2026-03-08",
      seats: 10,
      unitPriceMinor: 24_000,
      currency: "USD",
    },
  ],
  endsOn: null,
  billingInterval: "year",
  billingAnchor: "2026-03-08",
  renewsOn: null,
  noticeDays: 30,
};
const renewals = (changes: Partial<RenewingContract>, prices = PRICES) =>
  renewalsOf([{ ...YEARLY, ...changes }], prices, asked);
const told = (changes: Partial<RenewingContract>, prices = PRICES) =>
  renewals(changes, prices).map((renewal) => [
    renewal.renewsOn,
    renewal.cancelBy,
    renewal.every,
    ...renewalCost(renewal).values(),
  ]);

describe("renewals", () => {
  test("come with the next cycle: 10 x 240.00 on 8 March 2027, to be called off by 6 February", () => {
    expect(told({})).toEqual([["2027-03-08", "2027-02-06", "year", 240_000]]);
  });

  test("come every month where nothing else is stated, and only the next is told; without a notice the day before is the last", () => {
    const monthly = { billingInterval: "month" as const, billingAnchor: "2026-03-31", noticeDays: null };
    expect(told(monthly)).toEqual([["2026-11-30", "2026-11-29", "month", 240_000]]);
    expect(renewals(monthly)[0]?.noticeKnown).toBe(false);
  });

  test("come on the stated day every year; billed by the month they are for twelve", () => {
    const stated = { billingInterval: "month" as const, renewsOn: "2026-12-15", noticeDays: 60 };
    expect(renewals(stated).map(({ renewsOn, intervals }) => [renewsOn, intervals])).toEqual([
      ["2026-12-15", 12],
    ]);
    // Its notice is over: what can still be acted on is the year after.
    const far = renewalsOf([{ ...YEARLY, ...stated }], PRICES, { today: TODAY, until: "2028-01-01" });
    expect(far.map((each) => each.cancelBy)).toEqual(["2026-10-16", "2027-10-16"]);
    expect(nextToAct(far, "yearly", TODAY)?.renewsOn).toBe("2027-12-15");
    expect(nextToAct(far, "other", TODAY)).toBeNull();
  });

  test("cost what will be in force then: a term that was agreed, and the list price that begins by then", () => {
    const agreed = {
      ...YEARLY.terms[0],
      startsOn: "2027-03-08",
      seats: 7,
    } as RenewingContract["terms"][number];
    expect(told({ terms: [...YEARLY.terms, agreed] })).toEqual([
      ["2027-03-08", "2027-02-06", "year", 168_000],
    ]);
    // From 1 January 2027 on the list asks 25.00 a month, 300.00 a year: 10 x 300.00.
    const dearer = { planId: "Claude Team Standard", billingInterval: "year" as const, currency: "USD" };
    const prices = [...PRICES, { ...dearer, startsOn: "2027-01-01", unitPriceMinor: 30_000 }];
    expect(told({}, prices)).toEqual([["2027-03-08", "2027-02-06", "year", 300_000]]);
    expect(renewals({}, prices)[0]?.lines).toMatchObject([{ beforeMinor: 24_000, listedOn: "2027-01-01" }]);
    // Whoever pays another price than the list's stays at it.
    const own = [{ ...YEARLY.terms[0], unitPriceMinor: 21_000 }] as RenewingContract["terms"];
    expect(told({ terms: own }, prices)).toEqual([["2027-03-08", "2027-02-06", "year", 210_000]]);
  });

  test("do not come where the contract ends by then, or has no seats", () => {
    expect(told({ endsOn: "2027-03-08" })).toEqual([]);
    expect(told({ endsOn: "2027-03-09" })).toHaveLength(1);
    const none = [{ ...YEARLY.terms[0], seats: 0 }] as RenewingContract["terms"];
    expect(told({ terms: none })).toEqual([]);
  });

  test("stand in the order of their days", () => {
    const soon = { ...YEARLY, id: "soon", billingAnchor: "2025-12-01" };
    expect(renewalsOf([YEARLY, soon], PRICES, asked).map((each) => each.subscriptionId)).toEqual([
      "soon",
      "yearly",
    ]);
  });
});

test("the last day to act is the notice before, at the latest the day before", () => {
  expect(cancelBy("2027-03-01", 30)).toBe("2027-01-30");
  expect(cancelBy("2027-03-01", 0)).toBe("2027-02-28");
  expect(cancelBy("2027-03-01", null)).toBe("2027-02-28");
});
