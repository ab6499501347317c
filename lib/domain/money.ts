import { type Currency, fractionDigits } from "./currency";
import { DomainError, invariant } from "./errors";

/** An exact amount in the smallest unit of its currency: cents for USD, yen for JPY. Negative is a credit. */
export type Money = { readonly minor: number; readonly currency: Currency };

/** The largest amount that an input may carry, either sign: sums of thousands of such amounts stay safe integers. */
export const INPUT_MINOR_MAX = 1_000_000_000_000;

/** @throws a bug, when `minor` is not a whole number that a double holds exactly */
export function money(minor: number, currency: Currency): Money {
  invariant(Number.isSafeInteger(minor), `an amount is a safe whole number of minor units, not ${minor}`);
  return { minor: minor === 0 ? 0 : minor, currency };
}

/**
 * The sum of two amounts of one currency.
 *
 * @throws DomainError `currency_mismatch`: adding two currencies is an error, never a conversion
 */
export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new DomainError("currency_mismatch", `${a.currency} and ${b.currency} cannot be added.`);
  }
  return money(a.minor + b.minor, a.currency);
}

/** Sums minor units, refusing to leave the safe integers (a sum that cannot be shown exactly is a bug). */
export function sumMinor(parts: Iterable<number>): number {
  let sum = 0;
  for (const part of parts) {
    sum += part;
    invariant(Number.isSafeInteger(sum), "a sum stays a safe integer");
  }
  return sum;
}

/**
 * `numerator / denominator` rounded to a whole number, half to even, exact for any size.
 *
 * @param denominator above zero
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): number {
  invariant(denominator > 0n, "a divisor is above zero");
  const remainder = ((numerator % denominator) + denominator) % denominator;
  const floor = (numerator - remainder) / denominator;
  const twice = remainder * 2n;
  const up = twice > denominator || (twice === denominator && floor % 2n !== 0n);
  const result = Number(up ? floor + 1n : floor);
  invariant(Number.isSafeInteger(result), "a quotient stays a safe integer");
  return result;
}

/**
 * The amount as a plain decimal with a point and the currency's places, for files and machines: 1234.50, -0.05, 80.
 */
export function toDecimal({ minor, currency }: Money): string {
  const digits = fractionDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
