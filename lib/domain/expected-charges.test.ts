import { describe, expect, test } from "vitest";

import { expectedCharges } from "./expected-charges";
import type { BillingInterval, ProrationRule, SubscriptionTerm } from "./facts";

const term = (planId: string, startsOn: string, seats: number, unitPriceMinor: number): SubscriptionTerm => ({
  planId,
  startsOn,
  seats,
  unitPriceMinor,
  currency: "USD",
});

type Case = {
  terms: SubscriptionTerm[];
  anchor: string;
  until: string;
  interval?: BillingInterval;
  endsOn?: string;
  rules?: [string, ProrationRule][];
};

function rows({ terms, anchor, until, interval = "month", endsOn, rules = [] }: Case) {
  const contract = { terms, billingAnchor: anchor, billingInterval: interval, endsOn: endsOn ?? null };
  const every = new Map<string, ProrationRule>(terms.map(({ planId }) => [planId, "prorated"]));
  return expectedCharges(contract, new Map([...every, ...rules]), until).map(
    ({ planId, kind, period, seats, amountMinor }) =>
      `${planId} ${kind} ${period.start}/${period.end} ${seats} ${amountMinor}`,
  );
}

describe("expectedCharges", () => {
  test("an added seat pays the rest of the cycle by days, the day of the change included", () => {
    // 5 seats x $30.00 x 16/31 = $77.4193...
    expect(
      rows({
        terms: [term("p", "2026-01-01", 5, 3000), term("p", "2026-01-16", 10, 3000)],
        anchor: "2026-01-01",
        until: "2026-02-01",
      }),
    ).toEqual(["p cycle_start 2026-01-01/2026-02-01 5 15000", "p addition 2026-01-16/2026-02-01 5 7742"]);
  });

  test("a seat moved to a dearer plan pays the difference by days", () => {
    // 5 x $100.00 x 16/31 = $258.0645...
    const terms = [
      term("standard", "2026-01-01", 10, 2500),
      term("standard", "2026-01-16", 5, 2500),
      term("premium", "2026-01-16", 5, 12500),
    ];
    expect(rows({ terms, anchor: "2026-01-01", until: "2026-02-01" })).toEqual([
      "standard cycle_start 2026-01-01/2026-02-01 10 25000",
      "premium upgrade 2026-01-16/2026-02-01 5 25806",
    ]);
  });

  test("yearly: five of ten seats upgraded on 1 April", () => {
    // 5 x $80.00 x 12 x 275/365 = $3,616.438...
    const terms = [
      term("standard", "2026-01-01", 10, 24000),
      term("standard", "2026-04-01", 5, 24000),
      term("premium", "2026-04-01", 5, 120000),
    ];
    expect(rows({ terms, anchor: "2026-01-01", until: "2026-12-31", interval: "year" })).toEqual([
      "standard cycle_start 2026-01-01/2027-01-01 10 240000",
      "premium upgrade 2026-04-01/2027-01-01 5 361644",
    ]);
  });

  test("a seat given back stays paid to the end of its cycle, and taking it again costs nothing", () => {
    const terms = [
      term("p", "2026-01-01", 5, 3000),
      term("p", "2026-01-10", 3, 3000),
      term("p", "2026-01-20", 5, 3000),
    ];
    expect(rows({ terms, anchor: "2026-01-01", until: "2026-02-02" })).toEqual([
      "p cycle_start 2026-01-01/2026-02-01 5 15000",
      "p cycle_start 2026-02-01/2026-03-01 5 15000",
    ]);
  });

  test("an anchor of the 31st is billed on the last day of shorter months and comes back to the 31st", () => {
    expect(
      rows({ terms: [term("p", "2026-01-31", 1, 2000)], anchor: "2026-01-31", until: "2026-05-01" }),
    ).toEqual([
      "p cycle_start 2026-01-31/2026-02-28 1 2000",
      "p cycle_start 2026-02-28/2026-03-31 1 2000",
      "p cycle_start 2026-03-31/2026-04-30 1 2000",
      "p cycle_start 2026-04-30/2026-05-31 1 2000",
    ]);
  });

  test("full_cycle: an added seat pays the whole cycle", () => {
    const terms = [term("p", "2026-01-01", 1, 2000), term("p", "2026-01-31", 3, 2000)];
    expect(rows({ terms, anchor: "2026-01-01", until: "2026-02-01", rules: [["p", "full_cycle"]] })).toEqual([
      "p cycle_start 2026-01-01/2026-02-01 1 2000",
      "p addition 2026-01-31/2026-02-01 2 4000",
    ]);
  });

  test("calendar_month: any day held in a calendar month costs the month, whatever the anchor", () => {
    const terms = [term("p", "2026-01-20", 1, 2000)];
    expect(
      rows({
        terms,
        anchor: "2026-01-20",
        until: "2026-03-01",
        endsOn: "2026-02-02",
        rules: [["p", "calendar_month"]],
      }),
    ).toEqual(["p addition 2026-01-20/2026-02-01 1 2000", "p cycle_start 2026-02-01/2026-03-01 1 2000"]);
  });

  test("as_billed: nothing is expected", () => {
    expect(
      rows({
        terms: [term("p", "2026-01-01", 9, 2000)],
        anchor: "2026-01-01",
        until: "2026-06-01",
        rules: [["p", "as_billed"]],
      }),
    ).toEqual([]);
  });

  test("no cycle begins after the contract's end", () => {
    expect(
      rows({
        terms: [term("p", "2026-01-01", 1, 2000)],
        anchor: "2026-01-01",
        until: "2026-06-01",
        endsOn: "2026-02-15",
      }),
    ).toEqual(["p cycle_start 2026-01-01/2026-02-01 1 2000", "p cycle_start 2026-02-01/2026-03-01 1 2000"]);
  });

  test("a leap year has 366 days", () => {
    // 1 x $366.00 x 307/366 from 29 February 2028 = $307.00
    const terms = [term("p", "2028-01-01", 1, 36600), term("p", "2028-02-29", 2, 36600)];
    expect(rows({ terms, anchor: "2028-01-01", until: "2028-12-31", interval: "year" })).toEqual([
      "p cycle_start 2028-01-01/2029-01-01 1 36600",
      "p addition 2028-02-29/2029-01-01 1 30700",
    ]);
  });
});
