import { describe, expect, test } from "vitest";

import { convert, isRateText, rateTextOf } from "./exchange-rate";
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
