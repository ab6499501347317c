import { describe, expect, test } from "vitest";

import { expectedSeatFees, expectsMetered, meteredIssueDate, seatIssueDate } from "./expected-invoice";
import type { Uncovered } from "./seat-coverage";

/** Five seats at $25.00 for October, nothing of it invoiced; each test changes the one thing it is about. */
function aRow(changes: Partial<Uncovered["expected"]> = {}, uncovered = 5 * 31, covered = 0): Uncovered {
  const period = { start: "2026-10-01", end: "2026-11-01" };
  return {
    expected: {
      planId: "standard",
      kind: "cycle_start",
      fromPlanId: null,
      cycle: period,
      period,
      seats: 5,
      unitPriceMinor: 2_500,
      amountMinor: 12_500,
      currency: "USD",
      ...changes,
    },
    uncoveredSeatDays: new Map(uncovered > 0 ? [["2026-10", uncovered]] : []),
    coveredSeatDays: new Map(covered > 0 ? [["2026-10", covered]] : []),
  };
}

describe("expectedSeatFees", () => {
  test.each([
    { name: "a row that nothing covers", row: aRow(), fees: [[5, 12_500]] },
    { name: "the rest of a row", row: aRow({}, 2 * 31, 3 * 31), fees: [[2, 5_000]] },
    { name: "a seat invoiced for some days only", row: aRow({}, 10, 5 * 31 - 10), fees: [[1, 806]] },
    { name: "nothing of a row that is covered", row: aRow({}, 0, 5 * 31), fees: [] },
    { name: "nothing of a free trial", row: aRow({ amountMinor: 0, unitPriceMinor: 0 }), fees: [] },
    {
      name: "nothing that begins in another month",
      row: aRow({ period: { start: "2026-09-30", end: "2026-10-30" } }),
      fees: [],
    },
  ])("expects $name", ({ row, fees }) => {
    expect(expectedSeatFees([row], "2026-10").map(({ seats, amountMinor }) => [seats, amountMinor])).toEqual(
      fees,
    );
  });
});

test("a seat invoice is issued when its last line begins", () => {
  const later = aRow({ period: { start: "2026-10-16", end: "2026-11-01" } }, 2 * 16);
  expect(seatIssueDate(expectedSeatFees([aRow(), later, aRow()], "2026-10"))).toBe("2026-10-16");
});

test("metered use is invoiced when its month is over", () => {
  expect(meteredIssueDate("2026-10", "2026-11-23")).toBe("2026-11-01");
  expect(meteredIssueDate("2026-11", "2026-11-23")).toBe("2026-11-23");
});

describe("expectsMetered", () => {
  const september = { period: { start: "2026-09-01", end: "2026-10-01" }, currency: "USD" };
  test.each([
    ["2026-09", false],
    ["2026-10", true],
    ["2026-12", true],
    ["2027-01", false],
  ])("an account charged in September, in %s: %s", (month, expected) => {
    expect(expectsMetered([september], month)).toBe(expected);
  });
});
