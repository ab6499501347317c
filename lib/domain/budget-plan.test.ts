import { describe, expect, test } from "vitest";

import { changedBy, currentVersion, monthsOfYear, spreadYear, yearTotal } from "./budget-plan";
import { fiscalYearStartOf } from "./month";

describe("a year's amount over its months", () => {
  test("in equal parts, the odd cents to the earlier months", () => {
    // 1,000.00 / 12 = 83.3333: twelve times 83.33 is 999.96, and the four cents left go to April to July.
    expect(spreadYear(100_000)).toEqual([8334, 8334, 8334, 8334, ...Array(8).fill(8333)]);
  });

  test("in yen, which have no smaller unit, and in dinars, which have a thousand", () => {
    // 100 yen / 12 = 8.33: 12 x 8 = 96, four months get one more.
    expect(spreadYear(100)).toEqual([9, 9, 9, 9, 8, 8, 8, 8, 8, 8, 8, 8]);
    // 10.000 dinars / 12 = 0.8333: 12 x 0.833 = 9.996, four months get 0.834.
    expect(spreadYear(10_000)).toEqual([834, 834, 834, 834, ...Array(8).fill(833)]);
  });

  test("in the shape of last year, credits and gaps as nothing", () => {
    const lastYear = [1000, 3000, null, -500, 0, 0, 0, 0, 0, 0, 0, 0];
    // 1,000 : 3,000 is 1 : 3 of 200.00.
    expect(spreadYear(20_000, lastYear)).toEqual([5000, 15_000, ...Array(10).fill(0)]);
    expect(spreadYear(1200, Array(12).fill(null))).toEqual(Array(12).fill(100));
    expect(spreadYear(1200, Array(12).fill(-1))).toEqual(Array(12).fill(100));
  });

  test("of nothing is nothing in each month", () => {
    expect(spreadYear(0)).toEqual(Array(12).fill(0));
  });
});

describe("a month of last year, so much more or less", () => {
  test.each([
    // 83.33 x 1.05 = 87.4965.
    [8333, 500, 8750],
    // 0.10 x 1.05 = 0.105, and 0.30 x 1.05 = 0.315: half a cent goes to the even one.
    [10, 500, 10],
    [30, 500, 32],
    // 100.00 less 10 %, less everything, and as it was.
    [10_000, -1000, 9000],
    [10_000, -10_000, 0],
    [10_000, 0, 10_000],
    // 3 yen x 1.5 = 4.5, half to even.
    [3, 5000, 4],
    [-500, 1000, 0],
  ])("%d changed by %d basis points is %d", (minor, change, result) => {
    expect(changedBy(minor, change)).toBe(result);
  });

  test("stays unplanned where nothing was planned, and no larger than an amount may be", () => {
    expect(changedBy(null, 500)).toBeNull();
    expect(changedBy(1_000_000_000_000, 100_000)).toBe(1_000_000_000_000);
  });
});

test("a year that starts in April has its months, whichever of them is asked for", () => {
  for (const month of ["2026-04", "2026-12", "2027-03"]) {
    const months = monthsOfYear(fiscalYearStartOf(month, 4));
    expect([months.length, months[0], months[11]]).toEqual([12, "2026-04", "2027-03"]);
  }
});

test("a year's total is that of what is planned, and none when nothing is", () => {
  expect(yearTotal([null, 100, 0, null, 50, null, null, null, null, null, null, null])).toBe(150);
  expect(yearTotal(Array(12).fill(null))).toBeNull();
  expect(yearTotal([0, ...Array(11).fill(null)])).toBe(0);
});

describe("the version that counts", () => {
  const aVersion = (name: string, approvedAt: string | null, createdAt: string, fiscalYear = "2026-04") => ({
    name,
    fiscalYear,
    approvedAt,
    createdAt,
  });
  const first = aVersion("Budget", "2026-03-20T00:00:00Z", "2026-03-01T00:00:00Z");
  const reforecast = aVersion("Reforecast", "2026-10-02T00:00:00Z", "2026-09-01T00:00:00Z");
  const draft = aVersion("Draft", null, "2026-11-01T00:00:00Z");

  test("is the one approved last, also beside a newer draft", () => {
    expect(currentVersion("2026-05", [first, reforecast, draft])?.name).toBe("Reforecast");
    expect(currentVersion("2026-05", [draft, first])?.name).toBe("Budget");
  });

  test("is the newest draft while none is approved", () => {
    const older = aVersion("Older", null, "2026-10-01T00:00:00Z");
    expect(currentVersion("2027-03", [older, draft])?.name).toBe("Draft");
  });

  test("is of the year in which the month lies, and else there is none", () => {
    const next = aVersion("Next", null, "2026-11-01T00:00:00Z", "2027-04");
    expect(currentVersion("2027-03", [first, next])?.name).toBe("Budget");
    expect(currentVersion("2027-04", [first, next])?.name).toBe("Next");
    expect(currentVersion("2026-03", [first, next])).toBeNull();
  });
});
