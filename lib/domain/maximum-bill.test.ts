import { describe, expect, test } from "vitest";

import { expectedCharges } from "./expected-charges";
import { maximumBill } from "./maximum-bill";
import { money } from "./money";

const fee = (amountMinor: number, currency = "USD") => ({ amountMinor, currency });

describe("the maximum possible bill", () => {
  test("is 400 seats at $19.00 and a limit of $5,000: $12,600", () => {
    const contract = {
      terms: [
        { planId: "business", startsOn: "2026-11-01", seats: 400, unitPriceMinor: 1_900, currency: "USD" },
      ],
      endsOn: null,
      billingInterval: "month" as const,
      billingAnchor: "2026-11-01",
    };
    const charges = expectedCharges(contract, new Map([["business", "prorated"]]), "2026-12-01");
    expect(charges.map(({ amountMinor }) => amountMinor)).toEqual([760_000]);
    expect(maximumBill(charges, { spendLimits: [money(500_000, "USD")], currency: "USD" })).toEqual(
      money(1_260_000, "USD"),
    );
  });

  test.each([
    { name: "seats only", charges: [fee(1_900), fee(950)], spendLimits: [], total: 2_850 },
    { name: "metered use only", charges: [], spendLimits: [5_000, 700], total: 5_700 },
    { name: "a limit that allows nothing", charges: [fee(1_900)], spendLimits: [0], total: 1_900 },
    { name: "nothing", charges: [], spendLimits: [], total: 0 },
  ])("sums $name", ({ charges, spendLimits, total }) => {
    const limits = spendLimits.map((minor) => money(minor, "USD"));
    expect(maximumBill(charges, { spendLimits: limits, currency: "USD" })).toEqual(money(total, "USD"));
  });

  test.each(["JPY", "KWD"])("is in whole units of %s", (currency) => {
    const spendLimits = [money(50_000, currency)];
    expect(maximumBill([fee(2_801, currency)], { spendLimits, currency })).toEqual(money(52_801, currency));
  });

  test("does not exist when metered use has no limit", () => {
    const spendLimits = [money(500_000, "USD"), null];
    expect(maximumBill([fee(1_900)], { spendLimits, currency: "USD" })).toBeNull();
  });

  test("refuses to add currencies", () => {
    const refusal = expect.objectContaining({ code: "currency_mismatch" });
    expect(() => maximumBill([fee(1_900, "EUR")], { spendLimits: [], currency: "USD" })).toThrow(refusal);
    expect(() => maximumBill([], { spendLimits: [money(1, "EUR")], currency: "USD" })).toThrow(refusal);
  });
});
