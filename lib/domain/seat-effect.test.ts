import { describe, expect, test } from "vitest";

import { restOf, seatCostMinor } from "./seat-effect";

const YEAR = { start: "2026-04-01", end: "2027-04-01" };

describe("what seats cost until the end of a year", () => {
  test("by the month: whole months, and the first by its days", () => {
    // 2 x 30.00 from 16 December: 16/31 of December is 30.97, and three whole months are 180.00.
    const seats = { seats: 2, unitPriceMinor: 3_000, billingInterval: "month" } as const;
    expect(seatCostMinor(seats, restOf("2026-12-16", YEAR))).toBe(21_097);
    expect(seatCostMinor(seats, restOf("2027-03-01", YEAR))).toBe(6_000);
  });

  test("by the year: by its days", () => {
    // 5 x 240.00 from 1 October to 31 March: 182 of 365 days of 1,200.00 are 598.356.
    const seats = { seats: 5, unitPriceMinor: 24_000, billingInterval: "year" } as const;
    expect(seatCostMinor(seats, restOf("2026-10-01", YEAR))).toBe(59_836);
    // From 1 March 2027 to 31 March: 31 of 366 days, since that year has 29 February 2028: 1,200.00 x 31/366 = 101.639.
    expect(seatCostMinor(seats, restOf("2027-03-01", YEAR))).toBe(10_164);
  });

  test("in yen and dinars", () => {
    // 1 x 1,000 yen for half of April is 500; 1 x 5.000 dinars for 10 of 30 days is 1.6667.
    const half = { start: "2026-04-16", end: "2026-05-01" };
    expect(seatCostMinor({ seats: 1, unitPriceMinor: 1_000, billingInterval: "month" }, half)).toBe(500);
    const third = { start: "2026-04-01", end: "2026-04-11" };
    expect(seatCostMinor({ seats: 1, unitPriceMinor: 5_000, billingInterval: "month" }, third)).toBe(1_667);
  });

  test("is nothing beyond the year, and the whole year from before it", () => {
    const seats = { seats: 1, unitPriceMinor: 1_000, billingInterval: "month" } as const;
    expect(seatCostMinor(seats, restOf("2027-04-01", YEAR))).toBe(0);
    expect(seatCostMinor(seats, restOf("2026-01-01", YEAR))).toBe(12_000);
  });
});
