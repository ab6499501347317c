import { describe, expect, test } from "vitest";

import { type BudgetPeriod, monthsOfPeriod } from "./budget-period";

const APRIL = 4;
const months = (period: BudgetPeriod, month: string, fiscalYearStart = APRIL) => {
  const { from, to } = monthsOfPeriod(period, month, fiscalYearStart);
  return `${from} to ${to}`;
};

describe("a period of the budget", () => {
  test.each([
    // A year that starts in April has its quarters in April, July, October and January.
    ["2026-04", "2026-04 to 2026-06"],
    ["2026-06", "2026-04 to 2026-06"],
    ["2026-07", "2026-07 to 2026-09"],
    ["2026-11", "2026-10 to 2026-12"],
    ["2027-01", "2027-01 to 2027-03"],
    ["2027-03", "2027-01 to 2027-03"],
  ])("is the quarter of %s in a fiscal year from April: %s", (month, quarter) => {
    expect(months("fiscal_quarter", month)).toBe(quarter);
  });

  test.each([
    ["2026-04", "2026-04 to 2026-04", "2026-04 to 2027-03"],
    ["2026-11", "2026-04 to 2026-11", "2026-04 to 2027-03"],
    ["2027-03", "2026-04 to 2027-03", "2026-04 to 2027-03"],
    ["2026-03", "2025-04 to 2026-03", "2025-04 to 2026-03"],
  ])("is the fiscal year of %s so far (%s) or whole (%s)", (month, soFar, whole) => {
    expect(months("year_to_date", month)).toBe(soFar);
    expect(months("fiscal_year", month)).toBe(whole);
  });

  test("follows the calendar where the year does, and any other first month", () => {
    expect(months("fiscal_quarter", "2026-11", 1)).toBe("2026-10 to 2026-12");
    // From November: November to January, February to April.
    expect(months("fiscal_quarter", "2027-01", 11)).toBe("2026-11 to 2027-01");
    expect(months("fiscal_quarter", "2027-02", 11)).toBe("2027-02 to 2027-04");
  });

  test("is twelve months up to the chosen one, whatever the fiscal year", () => {
    expect(months("twelve_months", "2026-11")).toBe("2025-12 to 2026-11");
  });
});
