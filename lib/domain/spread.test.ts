import { describe, expect, test } from "vitest";

import { spread } from "./spread";

describe("spread", () => {
  test.each([
    { name: "evenly", total: 900, days: 3, parts: [300, 300, 300] },
    { name: "with the odd units on the earlier days", total: 10, days: 4, parts: [3, 3, 2, 2] },
    { name: "less than one for each day", total: 2, days: 4, parts: [1, 1, 0, 0] },
    { name: "nothing", total: 0, days: 2, parts: [0, 0] },
    { name: "a credit as a charge", total: -10, days: 4, parts: [-3, -3, -2, -2] },
    { name: "over one day", total: 7, days: 1, parts: [7] },
  ])("splits $name", ({ total, days, parts }) => {
    expect(spread(total, days)).toEqual(parts);
    expect(spread(BigInt(total), days)).toEqual(parts.map(BigInt));
  });

  test("never loses or creates a unit", () => {
    for (let total = -70n; total <= 70n; total += 7n) {
      for (let days = 1; days <= 31; days++) {
        const parts = spread(total * 1_000_000_007n, days);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total * 1_000_000_007n);
        expect(parts).toHaveLength(days);
      }
    }
  });

  test.each([0, -1, 1.5])("refuses %d days", (days) => {
    expect(() => spread(1, days)).toThrow("one day at least");
  });

  test("refuses half a unit", () => {
    expect(() => spread(0.5, 2)).toThrow("whole");
  });
});
