import { describe, expect, test } from "vitest";

import { convert, crossRate, isRateText, rateTextOf } from "./exchange-rate";
import { money } from "./money";

describe("rateTextOf", () => {
  test.each([
    ["1.0842", "1.0842"],
    [" 1,0842 ", "1.0842"],
    ["01.50", "1.5"],
    [".5", "0.5"],
    ["157", "157"],
    ["2.", "2"],
  ])("reads %j as %j", (typed, text) => {
    expect(rateTextOf(typed)).toBe(text);
    expect(isRateText(text)).toBe(true);
  });

  test.each(["", "abc", "1.2.3", "1,234.5", "-1", "1e3", "0", "0.000"])("makes no rate of %j", (typed) => {
    expect(isRateText(rateTextOf(typed))).toBe(false);
  });
});

test("refuses what the books cannot hold exactly", () => {
  const amount = money(1_000_000_000_000, "NOK");
  for (const minor of [amount.minor, -amount.minor])
    expect(() => convert(money(minor, "NOK"), { rate: "999999999999", to: "USD" })).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
  expect(convert(amount, { rate: "10", to: "USD" }).minor).toBe(10_000_000_000_000);
});

describe("a rate by way of a third currency", () => {
  test.each([
    // One euro buys 1.1593 USD and 178.15 JPY: one yen buys 1.1593 / 178.15 = 0.00650743755262... USD.
    ["178.15", "1.1593", "0.006507437553"],
    // And one dollar 178.15 / 1.1593 = 153.67031829552... JPY.
    ["1.1593", "178.15", "153.670318295523"],
    ["1", "1.1593", "1.1593"],
    ["0.8789", "1", "1.137785868700"],
    // 1 / 8 ends after three places; 0.1 / 0.3 does not end: 0.333333333333.
    ["8", "1", "0.125"],
    ["0.3", "0.1", "0.333333333333"],
    // 1 / 2,000,000,000,000 is half of the last place: to the even one, which is nothing, and no rate.
    ["2000000000000", "1", null],
    // Three halves of it: 0.0000000000015 is rounded to the even 0.000000000002.
    ["2000000000000", "3", "0.000000000002"],
    // More than a rate can be.
    ["0.000000000001", "1", null],
  ])("%s and %s give %s", (from, to, expected) => {
    const wanted = expected?.includes(".") ? expected.replace(/0+$/, "") : expected;
    expect(crossRate({ from, to })).toBe(wanted);
  });
});
