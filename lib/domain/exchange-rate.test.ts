import { describe, expect, test } from "vitest";

import { isRateText, rateTextOf } from "./exchange-rate";

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
