import { expect, test } from "vitest";

import { dueOn, isOverdue, monthsDue } from "./invoice-due";

test.each([
  ["2026-10", 5, 0, "2026-10-05"],
  ["2026-10", 5, 1, "2026-11-05"],
  ["2026-10", 31, 1, "2026-11-30"],
  ["2027-02", 31, 0, "2027-02-28"],
  ["2028-01", 30, 1, "2028-02-29"],
  ["2026-12", 10, 1, "2027-01-10"],
])("the invoice of %s is due on day %i, %i months later: %s", (month, dueDay, monthsLater, day) => {
  expect(dueOn(month, { dueDay, monthsLater })).toBe(day);
});

test("an invoice is in time on its last day and late on the next", () => {
  expect(isOverdue("2026-11-05", "2026-11-05")).toBe(false);
  expect(isOverdue("2026-11-05", "2026-11-06")).toBe(true);
});

test("what was due lately, and not before somebody was responsible, is reminded of", () => {
  const due = { dueDay: 5, monthsLater: 1 };
  // November's is due on 5 December; October's was on 5 November.
  expect(monthsDue(due, "2026-01-01", "2026-11-05")).toEqual(["2026-09"]);
  expect(monthsDue(due, "2026-01-01", "2026-11-06")).toEqual(["2026-10"]);
  expect(monthsDue(due, "2026-11-05", "2026-11-06")).toEqual(["2026-10"]);
  expect(monthsDue(due, "2026-11-06", "2026-11-06")).toEqual([]);
  // 31 days after it is the last day.
  expect(monthsDue(due, "2026-01-01", "2026-12-05")).toEqual(["2026-10"]);
  // On 6 December 5 November is 31 days ago.
  expect(monthsDue(due, "2026-01-01", "2026-12-06")).toEqual(["2026-10", "2026-11"]);
  expect(monthsDue(due, "2026-01-01", "2026-12-07")).toEqual(["2026-11"]);
  expect(monthsDue({ dueDay: 31, monthsLater: 0 }, "2026-01-01", "2026-12-01")).toEqual([
    "2026-10",
    "2026-11",
  ]);
});
