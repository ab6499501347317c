import { describe, expect, test } from "vitest";

import { monthlyEstimates } from "./estimates";
import { expectedCharges } from "./expected-charges";
import type { SubscriptionTerm } from "./facts";
import { coverSeats, type SeatFee } from "./seat-coverage";

const JANUARY = { start: "2026-01-01", end: "2026-02-01" };
const FROM_16TH = { start: "2026-01-16", end: "2026-02-01" };

const term = (planId: string, startsOn: string, seats: number, unitPriceMinor = 2500): SubscriptionTerm => ({
  planId,
  startsOn,
  seats,
  unitPriceMinor,
  currency: "USD",
});
const fee = (quantity: number | null, chargePeriod = JANUARY, changes: Partial<SeatFee> = {}): SeatFee => ({
  planId: "p",
  quantity,
  billedCostMinor: 100,
  chargePeriod,
  ...changes,
});

/** Uncovered seat-days of each expected row of January. */
function uncovered(terms: SubscriptionTerm[], fees: SeatFee[]): number[] {
  const contract = { terms, billingAnchor: "2026-01-01", billingInterval: "month" as const, endsOn: null };
  const rules = new Map(terms.map(({ planId }) => [planId, "prorated" as const]));
  return coverSeats(expectedCharges(contract, rules, "2026-02-01"), fees).map(
    ({ uncoveredSeatDays }) => uncoveredSeatDays.get("2026-01") ?? 0,
  );
}

const FIVE_THEN_SEVEN = [term("p", "2026-01-01", 5), term("p", "2026-01-16", 7)];

describe("coverSeats", () => {
  test.each([
    { name: "no invoice covers nothing", fees: [], left: [5 * 31, 2 * 16] },
    { name: "the seats of the cycle's start are covered first", fees: [fee(5)], left: [0, 2 * 16] },
    {
      name: "the added seats are covered by their own charge",
      fees: [fee(5), fee(2, FROM_16TH)],
      left: [0, 0],
    },
    {
      name: "seven remaining and five unused cover two",
      fees: [fee(7, FROM_16TH), fee(5, FROM_16TH, { billedCostMinor: -6452 })],
      left: [5 * 31 - 2 * 16, 2 * 16],
    },
    { name: "no quantity covers all seats", fees: [fee(null)], left: [0, 0] },
    { name: "no plan covers seats of any plan", fees: [fee(6, JANUARY, { planId: null })], left: [0, 16] },
    {
      name: "another plan's charge covers nothing",
      fees: [fee(9, JANUARY, { planId: "other" })],
      left: [5 * 31, 2 * 16],
    },
    { name: "half a period covers half the days", fees: [fee(5, FROM_16TH)], left: [5 * 15, 2 * 16] },
  ])("$name", ({ fees, left }) => {
    expect(uncovered(FIVE_THEN_SEVEN, fees)).toEqual(left);
  });

  test("a credit for seats that moved up takes no cover away from the cheaper plan", () => {
    const terms = [
      term("p", "2026-01-01", 10),
      term("p", "2026-01-16", 5),
      term("premium", "2026-01-16", 5, 12500),
    ];
    const fees = [
      fee(10),
      fee(5, FROM_16TH, { billedCostMinor: -6452 }),
      fee(5, FROM_16TH, { planId: "premium", billedCostMinor: 32258 }),
    ];
    expect(uncovered(terms, fees)).toEqual([0, 0]);
  });
});

describe("what is estimated beside the invoices", () => {
  const estimated = (fees: SeatFee[]) => {
    const contract = {
      ...{ terms: FIVE_THEN_SEVEN, billingAnchor: "2026-01-01", endsOn: null },
      billingInterval: "month" as const,
    };
    const rows = expectedCharges(contract, new Map([["p", "prorated"]]), "2026-02-01");
    return coverSeats(rows, fees).map((row) =>
      monthlyEstimates(row).reduce((sum, { costMinor }) => sum + costMinor, 0),
    );
  };

  test("five of seven seats invoiced leave what the two added on the 16th cost", () => {
    // 5 x 25.00 = 125.00; 2 x 25.00 x 16/31 = 25.806...
    expect(estimated([])).toEqual([12_500, 2_581]);
    expect(estimated([fee(5, JANUARY, { billedCostMinor: 12_500 })])).toEqual([0, 2_581]);
  });

  test("seven remaining less five unused from the 16th leave the rest of the five", () => {
    // 7 x 25.00 x 16/31 = 90.32 covers seven from the 16th, 5 x 25.00 x 16/31 = 64.52 uncovers five: two are covered,
    // first of those of the cycle's start. 125.00 x (155 - 32)/155 seat-days = 99.19 are left, and the two added.
    const remaining = fee(7, FROM_16TH, { billedCostMinor: 9_032 });
    const unused = fee(5, FROM_16TH, { billedCostMinor: -6_452 });
    expect(estimated([remaining, unused])).toEqual([9_919, 2_581]);
  });
});
