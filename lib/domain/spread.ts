import { invariant } from "./errors";

/**
 * A whole number as so many whole numbers that differ by one at most and add up to it; the earlier days get the odd
 * units, of a negative total too.
 *
 * @param days at least 1
 * @example spread(10, 4) is [3, 3, 2, 2]
 */
export function spread(total: bigint, days: number): bigint[];
export function spread(total: number, days: number): number[];
export function spread(total: bigint | number, days: number): bigint[] | number[] {
  invariant(Number.isSafeInteger(days) && days >= 1, "a total is spread over one day at least");
  if (typeof total === "bigint") return spreadUnits(total, days);
  invariant(Number.isSafeInteger(total), "a total that is spread is whole");
  return spreadUnits(BigInt(total), days).map(Number);
}

function spreadUnits(total: bigint, days: number): bigint[] {
  const share = total / BigInt(days);
  const odd = Number(total - share * BigInt(days));
  const unit = odd < 0 ? -1n : 1n;
  return Array.from({ length: days }, (_, day) => (day < Math.abs(odd) ? share + unit : share));
}
