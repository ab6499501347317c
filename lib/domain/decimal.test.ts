import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { divideHalfEven, minorOfNano, nanoOfMinor, nanoText, parseDecimal, parseNano } from "./decimal";

const NANO_MAX = 10n ** 18n;

describe("parseDecimal", () => {
  test.each([
    ["-12.50", { digits: -1250n, scale: 2 }],
    [".5", { digits: 5n, scale: 1 }],
    ["5.", { digits: 5n, scale: 0 }],
    ["+007", { digits: 7n, scale: 0 }],
    ["1.2e-7", { digits: 12n, scale: 8 }],
    ["12E3", { digits: 12n, scale: -3 }],
    ["-0", { digits: 0n, scale: 0 }],
  ])("reads %s", (text, decimal) => {
    expect(parseDecimal(text)).toEqual(decimal);
  });

  test.each([
    "",
    ".",
    "-",
    "e5",
    "1,5",
    "1 000",
    "1e100",
    "0x10",
    "NaN",
    "Infinity",
    "--1",
    "١",
    "1".repeat(61),
  ])("refuses %j", (text) => {
    expect(parseDecimal(text)).toBeNull();
  });
});

describe("nano-units", () => {
  test.each([
    ["1", 1_000_000_000n],
    ["0.0125", 12_500_000n],
    ["-0.000000001", -1n],
    ["0.0000000005", 0n],
    ["0.0000000015", 2n],
    ["0.0000000025", 2n],
    ["0.00000000250000001", 3n],
    ["-0.0000000015", -2n],
    ["1e-9", 1n],
    ["1000000000", NANO_MAX],
  ])("%s are %s", (text, nano) => {
    expect(parseNano(text)).toBe(nano);
  });

  test("are refused beyond a thousand million units", () => {
    expect([parseNano("1000000000.000000001"), parseNano("-1e10"), parseNano("1e99")]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("are written so that they read as the same", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -NANO_MAX, max: NANO_MAX }), (nano) => {
        const text = nanoText(nano);
        expect(parseNano(text)).toBe(nano);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      }),
      { numRuns: 10_000 },
    );
  });

  test.each([
    [15_000_000n, 2, 2],
    [25_000_000n, 2, 2],
    [25_000_001n, 2, 3],
    [-15_000_000n, 2, -2],
    [500_000_000n, 0, 0],
    [1_500_000_000n, 0, 2],
    [1_500_000n, 3, 2],
  ])("%s with %d decimals are %d of the smallest unit", (nano, digits, minor) => {
    expect(minorOfNano(nano, digits)).toBe(minor);
  });

  test.each([
    [-5, 2, -50_000_000n],
    [5, 0, 5_000_000_000n],
    [5, 3, 5_000_000n],
  ])("%d of the smallest unit with %d decimals are %s, and back", (minor, digits, nano) => {
    expect(nanoOfMinor(minor, digits)).toBe(nano);
    expect(minorOfNano(nano, digits)).toBe(minor);
  });
});

describe("divideHalfEven", () => {
  const dividend = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  const divisor = fc.bigInt({ min: 1n, max: 10n ** 12n });
  const size = (value: bigint) => (value < 0n ? -value : value);

  test("is never further off than half, and on the half even", () => {
    fc.assert(
      fc.property(dividend, divisor, (a, b) => {
        const quotient = divideHalfEven(a, b);
        const twiceOff = size(a - quotient * b) * 2n;
        expect(twiceOff <= b).toBe(true);
        if (twiceOff === b) expect(quotient % 2n).toBe(0n);
      }),
    );
  });

  test("treats a credit as a charge", () => {
    fc.assert(fc.property(dividend, divisor, (a, b) => divideHalfEven(-a, b) === -divideHalfEven(a, b)));
  });

  test.each([
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [5n, 2n, 2n],
    [-1n, 2n, 0n],
    [-3n, 2n, -2n],
    [7n, 3n, 2n],
    [8n, 3n, 3n],
  ])("%s by %s is %s", (a, b, quotient) => {
    expect(divideHalfEven(a, b)).toBe(quotient);
  });
});
