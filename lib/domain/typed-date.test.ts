import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { dateOfDayNumber, dayNumber } from "./calendar-date";
import { dateText, monthText } from "./date-text";
import { monthOf } from "./month";
import { parseTypedDate, parseTypedMonth } from "./typed-date";

const TODAY = "2026-11-23";
const dates = fc.integer({ min: dayNumber("2000-01-01"), max: dayNumber("2100-12-31") }).map(dateOfDayNumber);

describe("parseTypedDate", () => {
  test.each([
    ["2026-10-15", "2026-10-15"],
    ["2026/1/5", "2026-01-05"],
    ["20261015", "2026-10-15"],
    ["15 oct 2026", "2026-10-15"],
    ["15 October 2026", "2026-10-15"],
    ["Oct 15, 2026", "2026-10-15"],
    ["15th of October, 2026", "2026-10-15"],
    ["15-Oct-26", "2026-10-15"],
    ["2026 oct 15", "2026-10-15"],
    ["1 sept 26", "2026-09-01"],
    ["15 oct", "2026-10-15"],
    ["jan 8", "2027-01-08"],
    ["15.10.2026", "2026-10-15"],
    ["01.02.2026", "2026-02-01"],
    ["1.2.", "2027-02-01"],
    ["15.10.", "2026-10-15"],
    ["15/10/2026", "2026-10-15"],
    ["10/15/2026", "2026-10-15"],
    ["10/15", "2026-10-15"],
    ["5/5/2026", "2026-05-05"],
    ["29 feb 2028", "2028-02-29"],
    ["29 feb", "2028-02-29"],
    ["today", "2026-11-23"],
    ["Yesterday", "2026-11-22"],
    ["tomorrow", "2026-11-24"],
  ])("reads %s", (text, date) => {
    expect(parseTypedDate(text, text === "29 feb" ? "2027-12-01" : TODAY)).toEqual({ value: date });
  });

  test.each([
    ["01/02/2026", ["2026-02-01", "2026-01-02"]],
    ["3-4-26", ["2026-04-03", "2026-03-04"]],
    ["11/12", ["2026-12-11", "2026-11-12"]],
  ])("asks which way round %s is", (text, choices) => {
    expect(parseTypedDate(text, TODAY)).toEqual({ reason: expect.stringContaining("two ways"), choices });
  });

  test.each([
    "",
    "15",
    "oct 2026",
    "31 nov 2026",
    "2026-02-30",
    "13/13/2026",
    "32.1.2026",
    "1999-12-31",
    "15 foo 2026",
    "15 oct 20266",
  ])("refuses %s", (text) => {
    expect(parseTypedDate(text, TODAY)).toEqual({ reason: expect.any(String), choices: [] });
  });

  test("reads back what the screen shows", () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseTypedDate(dateText(date), TODAY)).toEqual({ value: date });
      }),
    );
  });

  test("never throws, whatever is typed", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => void parseTypedDate(text, TODAY)));
  });
});

describe("parseTypedMonth", () => {
  test.each([
    ["2026-10", "2026-10"],
    ["2026/1", "2026-01"],
    ["202610", "2026-10"],
    ["10/2026", "2026-10"],
    ["10.26", "2026-10"],
    ["10", "2026-10"],
    ["oct", "2026-10"],
    ["October", "2026-10"],
    ["sept", "2026-09"],
    ["jan", "2027-01"],
    ["oct 26", "2026-10"],
    ["oct'26", "2026-10"],
    ["Oct 2025", "2025-10"],
    ["2025 oct", "2025-10"],
    ["this month", "2026-11"],
    ["next month", "2026-12"],
    ["Last month", "2026-10"],
    ["previous", "2026-10"],
  ])("reads %s", (text, month) => {
    expect(parseTypedMonth(text, TODAY)).toEqual({ value: month });
  });

  test("asks for the year when both are half a year away", () => {
    expect(parseTypedMonth("may", TODAY)).toEqual({
      reason: expect.stringContaining("two ways"),
      choices: ["2026-05", "2027-05"],
    });
  });

  test.each(["", "13", "2026", "10/11", "15 oct", "2026-13", "octo-ber", "ma", "oct 1999"])(
    "refuses %s",
    (text) => {
      expect(parseTypedMonth(text, TODAY)).toEqual({ reason: expect.any(String), choices: [] });
    },
  );

  test("reads back what the screen shows", () => {
    fc.assert(
      fc.property(dates.map(monthOf), (month) => {
        expect(parseTypedMonth(monthText(month), TODAY)).toEqual({ value: month });
      }),
    );
  });
});
