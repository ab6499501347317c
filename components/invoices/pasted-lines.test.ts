import { describe, expect, test } from "vitest";

import { isBlock, readPastedLines } from "@/components/invoices/pasted-lines";

const known = {
  currency: "USD",
  locale: "en-US",
  today: "2026-11-23",
  targets: [
    { value: "subscription:1:2", label: "Claude Team" },
    { value: "account:3", label: "prod-backend" },
  ],
};
const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };

describe("readPastedLines", () => {
  test("reads what a spreadsheet has, and leaves its head out", () => {
    const text = [
      "Description\tPeriod\tSeats\tAmount",
      "Claude Team\tOct 2026\t5\t125.00",
      "prod-backend\t2026-10-01 to 2026-10-31\t\t$1,240.11",
      "Goodwill\tOct 2026\t\t-50.00",
      "Sales tax\t\t\t133.06",
    ].join("\r\n");
    const { lines, unreadable } = readPastedLines(text, known);
    expect(unreadable).toEqual([]);
    expect(lines).toMatchObject([
      {
        description: "Claude Team",
        chargeCategory: "purchase",
        chargePeriod: OCTOBER,
        quantity: "5",
        target: "subscription:1:2",
        billedCost: { minor: 12_500, currency: "USD" },
      },
      {
        description: "prod-backend",
        chargeCategory: "usage",
        chargePeriod: OCTOBER,
        quantity: "",
        target: "account:3",
        billedCost: { minor: 124_011 },
      },
      {
        description: "Goodwill",
        chargeCategory: "credit",
        chargePeriod: OCTOBER,
        target: null,
        billedCost: { minor: -5_000 },
      },
      { description: "Sales tax", chargeCategory: "tax", chargePeriod: null, billedCost: { minor: 13_306 } },
    ]);
  });

  test("names rows that it cannot read", () => {
    expect(readPastedLines("Seats\t12.00\nsomething else", known)).toMatchObject({
      lines: [{ description: "Seats", billedCost: { minor: 1_200 } }],
      unreadable: ["something else"],
    });
  });
});

test("a block has rows or cells", () => {
  expect(isBlock("12.50\n")).toBe(false);
  expect(isBlock("Seats\t12.50")).toBe(true);
});
