import { describe, expect, test } from "vitest";

import { periodOfMonth } from "./month";
import { paceOf } from "./pace";

const JUNE = periodOfMonth("2026-06");
const pace = (budgetedMinor: number, actualMinor: number, today: string) =>
  paceOf({ budgetedMinor, actualMinor }, JUNE, today);

describe("pace", () => {
  test("sets the share of the budget used beside the share of the days that are over", () => {
    // June has 30 days: on the 15th, half of them; 620.00 of 1,000.00 is 62 %.
    expect(pace(100_000, 62_000, "2026-06-15")).toEqual({ usedPercent: 62, passedPercent: 50 });
    // On the first day 1/30 = 3.3 %, on the last all.
    expect(pace(100_000, 0, "2026-06-01")).toEqual({ usedPercent: 0, passedPercent: 3 });
    expect(pace(100_000, 0, "2026-06-30").passedPercent).toBe(100);
  });

  test("is nothing before the period and all of it afterwards", () => {
    expect(pace(100, 0, "2026-05-31").passedPercent).toBe(0);
    expect(pace(100, 0, "2026-07-01").passedPercent).toBe(100);
  });

  test("goes beyond the budget, and below nothing with credits", () => {
    // 1,250 of 1,000 is 125 %; half a percent goes to the even one: 1,005 of 1,000 is 100.5 %.
    expect(pace(1000, 1250, "2026-06-30").usedPercent).toBe(125);
    expect(pace(1000, 1005, "2026-06-30").usedPercent).toBe(100);
    expect(pace(1000, -100, "2026-06-30").usedPercent).toBe(-10);
  });

  test("says no share of a budget of nothing", () => {
    expect(pace(0, 500, "2026-06-30").usedPercent).toBeNull();
  });
});
