import { invariant } from "./errors";

/**
 * Splits `totalMinor` in proportion to `weights`, without losing or creating a unit. It is the only way in which
 * any amount is ever split.
 *
 * Each part is rounded down (towards minus infinity), then the units left over go one by one to the parts that
 * rounding hurt most; on a tie the earlier part wins, so the same input always gives the same split.
 *
 * @param totalMinor what to split, in minor units; negative for a credit
 * @param weights whole numbers of any size, none negative, at least one above zero (days, basis points)
 * @returns one part per weight, in the same order, whose sum is exactly `totalMinor`
 */
export function allocate(totalMinor: number, weights: readonly (number | bigint)[]): number[] {
  return allocateWhole(BigInt(totalMinor), weights).map(Number);
}

/** The same for wholes of any size, such as nano-units. */
export function allocateWhole(total: bigint, weights: readonly (number | bigint)[]): bigint[] {
  const exact = weights.map((weight) => BigInt(weight));
  const sum = exact.reduce((a, b) => a + b, 0n);
  invariant(
    exact.every((weight) => weight >= 0n),
    "weights are not negative",
  );
  invariant(sum > 0n, "at least one weight is above zero");

  const parts = exact.map((weight, index) => {
    const scaled = total * weight;
    const remainder = ((scaled % sum) + sum) % sum;
    return { index, whole: (scaled - remainder) / sum, remainder };
  });
  const leftover = total - parts.reduce((all, { whole }) => all + whole, 0n);
  const byNeed = parts.toSorted((a, b) => compare(b.remainder, a.remainder) || a.index - b.index);
  for (const part of byNeed.slice(0, Number(leftover))) part.whole += 1n;

  return parts.map(({ whole }) => whole);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A non-negative fraction, for weights such as "a seventh of a day's cost". */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** The sum of two fractions, in lowest terms. */
export function addFractions(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) {
    return reduce(a.numerator + b.numerator, a.denominator);
  }
  return reduce(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** The fraction `numerator / denominator` in lowest terms. */
export function fraction(numerator: number | bigint, denominator: number | bigint): Fraction {
  return reduce(BigInt(numerator), BigInt(denominator));
}

function reduce(numerator: bigint, denominator: bigint): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Brings fractional weights to whole numbers in the same proportion, by their denominators' least common multiple. */
export function wholeWeights(fractions: readonly Fraction[]): bigint[] {
  const multiple = fractions.reduce(
    (lcm, { denominator }) => (lcm / greatestCommonDivisor(lcm, denominator)) * denominator,
    1n,
  );
  return fractions.map(({ numerator, denominator }) => (multiple / denominator) * numerator);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
