import { describe, expect, test } from "vitest";

import { billingCycles } from "./billing-cycle";
import { addDays, addMonths, dateOfDayNumber, dayNumber, isCalendarDate } from "./calendar-date";
import { fiscalYearStartOf, isMonth, monthsBetween, shiftMonth } from "./month";
import { byMonth, daysIn, intersect } from "./period";

describe("calendar days", () => {
  test.each(["2026-02-28", "2028-02-29", "2000-01-01", "2100-12-31"])("%s is one", (text) =>
    expect(isCalendarDate(text)).toBe(true),
  );
  test.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "1999-12-31",
    "2101-01-01",
    "2026-1-1",
    "275760-01-01",
    "",
    "2026-02-28T00:00:00Z",
  ])("%s is none", (text) => expect(isCalendarDate(text)).toBe(false));

  test("every day of ten years comes back from its number, and the next day is one more", () => {
    for (let day = dayNumber("2023-01-01"); day <= dayNumber("2032-12-31"); day++) {
      expect(dayNumber(dateOfDayNumber(day))).toBe(day);
      expect(dayNumber(addDays(dateOfDayNumber(day), 1))).toBe(day + 1);
    }
  });

  test("days are counted as the clock of the machine counts them", () => {
    for (let day = dayNumber("1999-12-31"); day <= dayNumber("2101-01-01"); day++) {
      const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
      expect([dateOfDayNumber(day), dayNumber(text)]).toEqual([text, day]);
    }
  });

  test.each(["2026-13-01", "2026-00-10", "2026-01-32", "2026-1-10", "2026-01-1x", "March", ""])(
    "%s has no number",
    (text) => expect(() => dayNumber(text)).toThrow("is a calendar date"),
  );

  test("a month later than the 31st is the last day of a shorter month", () => {
    expect([1, 2, 13].map((months) => addMonths("2027-01-31", months))).toEqual([
      "2027-02-28",
      "2027-03-31",
      "2028-02-29",
    ]);
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
  });
});

describe("months", () => {
  test.each([
    ["2026-03", true],
    ["2026-3", false],
    ["2026-13", false],
    ["1999-12", false],
    ["2100-12", true],
    ["2101-01", false],
  ])("%s", (text, expected) => expect(isMonth(text)).toBe(expected));

  test("count across years", () => {
    expect(shiftMonth("2026-11", 3)).toBe("2027-02");
    expect(monthsBetween("2026-11", "2027-02")).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
    expect(monthsBetween("2026-02", "2026-01")).toEqual([]);
  });

  test("end also between what is no month", () => {
    for (const [from, to] of [
      ["2026-01", "x"],
      ["x", "2026-01"],
      ["2026-02", "2026-01"],
    ] as const)
      expect(monthsBetween(from, to)).toEqual([]);
  });

  test("a fiscal year from April", () => {
    expect(["2026-03", "2026-04", "2027-01"].map((month) => fiscalYearStartOf(month, 4))).toEqual([
      "2025-04",
      "2026-04",
      "2026-04",
    ]);
  });
});

describe("periods", () => {
  test("a year from 8 March has 24 days in its first March", () => {
    const parts = byMonth({ start: "2025-03-08", end: "2026-03-08" });
    expect(daysIn(parts[0]!.part)).toBe(24);
    expect(parts.reduce((sum, { part }) => sum + daysIn(part), 0)).toBe(365);
    expect(parts.at(-1)).toEqual({ month: "2026-03", part: { start: "2026-03-01", end: "2026-03-08" } });
  });

  test("no days where they do not meet", () => {
    expect(
      daysIn(
        intersect({ start: "2026-01-01", end: "2026-02-01" }, { start: "2026-03-01", end: "2026-04-01" }),
      ),
    ).toBe(0);
    expect(byMonth({ start: "2026-01-05", end: "2026-01-05" })).toEqual([]);
  });

  test("billing cycles follow one another without a gap, from the one that holds the first day", () => {
    for (const anchor of ["2026-01-31", "2026-02-28", "2024-02-29", "2026-06-15"]) {
      for (const interval of ["month", "year"] as const) {
        const cycles = billingCycles(anchor, interval, { from: "2025-05-07", until: "2030-01-01" });
        expect(cycles[0]!.start <= "2025-05-07" && "2025-05-07" < cycles[0]!.end).toBe(true);
        for (const [index, cycle] of cycles.slice(1).entries()) expect(cycle.start).toBe(cycles[index]!.end);
      }
    }
  });
});
