import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { INPUT_MINOR_MAX, money } from "./money";
import { moneyText } from "./money-text";
import { parseTypedAmount } from "./typed-amount";

describe("parseTypedAmount", () => {
  test.each([
    ["25", 2500],
    ["$25", 2500],
    ["25 $", 2500],
    ["US$25.5", 2550],
    ["usd 25", 2500],
    ["25 USD", 2500],
    [" 25.00 ", 2500],
    [".5", 50],
    ["12.", 1200],
    ["0,05", 5],
    ["1.240,11", 124011],
    ["1,240.11", 124011],
    ["1 240,11", 124011],
    ["1\u202f240,11", 124011],
    ["1'240.11", 124011],
    ["1’240.11", 124011],
    ["1.240.110", 124011000],
    ["1,240,110.50", 124011050],
    ["12,34,567.50", 123456750],
    ["1240.1", 124010],
    ["25.0000", 2500],
    ["-50", -5000],
    ["−50.00", -5000],
    ["50-", -5000],
    ["(50.00)", -5000],
    ["-$50", -5000],
    ["$-50", -5000],
    ["+3", 300],
    ["1.5k", 150000],
    ["2K", 200000],
    ["0", 0],
    ["-0", 0],
    ["１２３", 12300],
  ])("reads %s", (text, minor) => {
    expect(parseTypedAmount(text, "USD")).toEqual({ value: money(minor, "USD") });
  });

  test.each([
    ["1,240", "en-US", "USD", 124000],
    ["1.240", "de-DE", "EUR", 124000],
    ["1.240", "en-US", "KWD", 1240],
    ["1,240", "en-US", "KWD", 1240000],
    ["1,240", "en-US", "JPY", 1240],
    ["1.240", "en-US", "USD", null],
    ["1,240", "de-DE", "EUR", null],
  ])("lets the locale decide %s in %s for %s", (text, locale, currency, minor) => {
    const typed = parseTypedAmount(text, currency, locale);
    expect("value" in typed ? typed.value.minor : null).toBe(minor);
  });

  test("asks about a lone separator before three digits, when nothing decides it", () => {
    expect(parseTypedAmount("1.240", "USD")).toMatchObject({
      choices: [money(124000, "USD"), money(124, "USD")],
    });
    expect(parseTypedAmount("-1.245", "USD")).toMatchObject({ choices: [money(-124500, "USD")] });
  });

  test.each([
    ["", "Type an amount"],
    ["abc", "Type an amount"],
    ["12 apples", "not a currency"],
    ["€25", "This amount is in USD"],
    ["25 EUR", "This amount is in USD"],
    ["12.345678", "2 decimals"],
    ["0.015", "2 decimals"],
    ["1,24,0", "separators"],
    ["1.24.0", "separators"],
    ["1,240.110,5", "separators"],
    ["1 2 3", "separators"],
    ["--5", "one sign"],
    ["-(5)", "Type an amount"],
    ["(-5)", "one sign"],
    ["(5", "Type an amount"],
    ["1e3", "Type an amount"],
    ["0x10", "Type an amount"],
    ["NaN", "Type an amount"],
    ["Infinity", "Type an amount"],
    ["١٢", "Type an amount"],
    ["999999999999", "larger"],
  ])("refuses %s", (text, reason) => {
    expect(parseTypedAmount(text, "USD")).toEqual({ reason: expect.stringContaining(reason), choices: [] });
  });

  test("reads back what the screen shows, in every locale", () => {
    const amounts = fc.integer({ min: -INPUT_MINOR_MAX, max: INPUT_MINOR_MAX });
    const locales = fc.constantFrom(
      "en-US",
      "de-DE",
      "fr-FR",
      "de-CH",
      "en-IN",
      "sv-SE",
      "pl-PL",
      "pt-BR",
      "ja-JP",
    );
    const currencies = fc.constantFrom("USD", "EUR", "JPY", "KWD");
    fc.assert(
      fc.property(amounts, locales, currencies, fc.boolean(), (minor, locale, currency, withCurrency) => {
        const shown = moneyText(money(minor, currency), locale, { withCurrency });
        expect(parseTypedAmount(shown, currency, locale)).toEqual({ value: money(minor, currency) });
      }),
    );
  });

  test("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => void parseTypedAmount(text, "USD", "en-US")),
    );
  });
});
