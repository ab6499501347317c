import { describe, expect, test } from "vitest";

import { parseTypedPeriod, typedPeriodText } from "./typed-period";

const TODAY = "2026-11-23";
const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };

describe("parseTypedPeriod", () => {
  test.each([
    ["oct", OCTOBER],
    ["2026-10", OCTOBER],
    ["October 2026", OCTOBER],
    ["last month", OCTOBER],
    ["2026-10-16 to 2026-10-31", { start: "2026-10-16", end: "2026-11-01" }],
    ["16 oct - 31 oct 2026", { start: "2026-10-16", end: "2026-11-01" }],
    ["16 oct – 31 oct 2025", { start: "2025-10-16", end: "2025-11-01" }],
    ["8.3.2026 to 7.3.2027", { start: "2026-03-08", end: "2027-03-08" }],
    ["2026-10-16 to 2026-10-16", { start: "2026-10-16", end: "2026-10-17" }],
  ])("reads %s", (text, value) => expect(parseTypedPeriod(text, TODAY)).toEqual({ value }));

  test.each(["soon", "31 oct to 16 oct", "2026-10-16 to", "1 oct - 2 oct - 3 oct", ""])(
    "refuses %j",
    (text) => expect(parseTypedPeriod(text, TODAY)).toMatchObject({ choices: [] }),
  );

  test("reads what it shows", () => {
    for (const period of [OCTOBER, { start: "2026-10-16", end: "2026-11-01" }]) {
      expect(parseTypedPeriod(typedPeriodText(period), TODAY)).toEqual({ value: period });
    }
  });
});
