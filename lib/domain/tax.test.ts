import { describe, expect, test } from "vitest";

import { basisPointsOf, percentText, type TaxDefaults, taxLine, taxOn } from "./tax";

const VAT: TaxDefaults = {
  treatment: "reverse_charge",
  rateBasisPoints: 2_100,
  recoverableBasisPoints: 6_200,
  code: "RC21",
};

test("a tax is rounded half to even", () => {
  // 21 % of 1,000.00 are 210.00; of 0.50, 0.105; half of 0.01 and of 0.03 are 0.005 and 0.015.
  expect([taxOn(100_000, 2_100), taxOn(50, 2_100), taxOn(1, 5_000), taxOn(3, 5_000)]).toEqual([
    21_000, 10, 0, 2,
  ]);
  expect(taxOn(-100_000, 2_100)).toBe(-21_000);
});

describe("the tax line that an invoice is begun with", () => {
  test("is what the buyer assesses itself under reverse charge, and asked for by the invoice else", () => {
    expect(taxLine(VAT, 100_000)).toEqual({
      description: "Reverse charge 21 %",
      amountMinor: 21_000,
      recoverableBasisPoints: 6_200,
      selfAssessed: true,
      taxTreatment: "reverse_charge",
      taxRateBasisPoints: 2_100,
      taxCode: "RC21",
    });
    expect(taxLine({ ...VAT, treatment: "standard", rateBasisPoints: 750 }, 1_000)).toMatchObject({
      description: "Tax 7.5 %",
      amountMinor: 75,
      selfAssessed: false,
    });
  });

  test("has no amount while what is taxed has none", () => {
    expect(taxLine(VAT, null)?.amountMinor).toBeNull();
  });

  test("is not there where nothing is taxed", () => {
    for (const treatment of ["exempt", "outside_scope"] as const)
      expect(taxLine({ ...VAT, treatment }, 100)).toBeNull();
    expect(taxLine({ ...VAT, rateBasisPoints: 0 }, 100)).toBeNull();
    expect(taxLine(null, 100)).toBeNull();
  });
});

test("percentages are read as they are typed, and shown as they were", () => {
  expect(["21", "7,5", "0.01", "", "x"].map(basisPointsOf)).toEqual([2_100, 750, 1, 0, 0]);
  expect([2_100, 750, 1].map(percentText)).toEqual(["21", "7.5", "0.01"]);
});
