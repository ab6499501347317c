/** A number as text, exactly: a whole number of `10 ** -scale`. */
type Decimal = { readonly digits: bigint; readonly scale: number };

/** Longer than any amount in a bill, short enough that no text takes long to read. */
const DIGITS_MAX = 60;
const NANO_DIGITS = 9;
const NANO_MAX = 10n ** 18n;

const SHAPE = /^([-+])?(\d+)?(?:\.(\d*))?(?:[eE]([-+]?\d{1,2}))?$/;

/**
 * Reads a plain decimal such as `-12.50`, `.5` or `1.2e-7`, as a program writes it; null when it is none.
 */
export function parseDecimal(text: string): Decimal | null {
  const parts = SHAPE.exec(text);
  if (!parts || text.length > DIGITS_MAX) return null;
  const [, sign, whole = "", decimals = "", exponent = "0"] = parts;
  if (whole === "" && decimals === "") return null;
  const digits = BigInt(whole + decimals) * (sign === "-" ? -1n : 1n);
  return { digits, scale: decimals.length - Number(exponent) };
}

/**
 * A decimal in nano-units (1.00 is 1,000,000,000), finer parts rounded half to even.
 *
 * @returns null when the text is no decimal, or beyond a thousand million units
 */
export function parseNano(text: string): bigint | null {
  const decimal = parseDecimal(text);
  if (decimal === null) return null;
  const nano = rescale(decimal, NANO_DIGITS);
  return nano > NANO_MAX || nano < -NANO_MAX ? null : nano;
}

/** The decimal as a whole number of `10 ** -digits`, finer parts rounded half to even. */
function rescale({ digits, scale }: Decimal, places: number): bigint {
  if (scale <= places) return digits * 10n ** BigInt(places - scale);
  return divideHalfEven(digits, 10n ** BigInt(scale - places));
}

/** The quotient rounded to the nearest whole number, a half to the even one. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend - quotient * divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient;
  return quotient + (dividend < 0n ? -1n : 1n);
}

/**
 * Nano-units as whole minor units, half to even; done once for each posted amount.
 *
 * @param fractionDigits decimal places of the currency's smallest unit
 */
export function minorOfNano(nano: bigint, fractionDigits: number): number {
  return Number(divideHalfEven(nano, 10n ** BigInt(NANO_DIGITS - fractionDigits)));
}

/**
 * Whole minor units in nano-units, exactly.
 *
 * @param fractionDigits decimal places of the currency's smallest unit
 */
export function nanoOfMinor(minor: number, fractionDigits: number): bigint {
  return BigInt(minor) * 10n ** BigInt(NANO_DIGITS - fractionDigits);
}

/** Nano-units as a plain decimal, without zeros at the end: `0.0125`. */
export function nanoText(nano: bigint): string {
  const sign = nano < 0n ? "-" : "";
  const digits = String(nano < 0n ? -nano : nano).padStart(NANO_DIGITS + 1, "0");
  const decimals = digits.slice(-NANO_DIGITS).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -NANO_DIGITS)}${decimals === "" ? "" : `.${decimals}`}`;
}
