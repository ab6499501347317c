import { expect, test } from "vitest";

import { calendarText } from "./ical";

const MADE = new Date("2026-11-25T12:00:00Z");

test("a calendar has whole days with a name of their own, and lines that nothing breaks out of", () => {
  const lines = calendarText(
    "Renewals, Northwind",
    [
      {
        id: "contract-2027-03-08",
        date: "2027-12-31",
        title: "Renews; “A, B”\nBEGIN:VEVENT",
        text: "one\ntwo",
      },
    ],
    MADE,
  ).split("\r\n");
  expect(lines).toContain("BEGIN:VCALENDAR");
  expect(lines).toContain("UID:contract-2027-03-08@twoline");
  expect(lines).toContain("DTSTART;VALUE=DATE:20271231");
  expect(lines).toContain("DTEND;VALUE=DATE:20280101");
  expect(lines).toContain("SUMMARY:Renews\\; “A\\, B”\\nBEGIN:VEVENT");
  expect(lines).toContain("DESCRIPTION:one\\ntwo");
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
});

test("a calendar without days is one", () => {
  expect(calendarText("Renewals", [], MADE)).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\s*$/);
});
