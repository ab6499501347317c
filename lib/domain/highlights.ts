/** Kinds of advice that can be worth money. */
export const HIGHLIGHT_KINDS = ["plan", "idle_seats", "finding"] as const;
export type HighlightKind = (typeof HIGHLIGHT_KINDS)[number];

/** A piece of advice with what it is worth a month, in minor units of one currency, and what that amount is made of. */
export type Worth = {
  readonly kind: HighlightKind;
  readonly id: string;
  readonly monthlyMinor: number;
  /** A key of each seat, or of somebody's use of keys, that its amount counts; empty where no other advice counts it. */
  readonly counts: readonly string[];
};

/**
 * The pieces of advice worth most money, the largest first, the same money told once: what counts a seat of one that
 * is worth more is left out, because giving up a seat and moving it to a smaller plan cannot both be done. What is worth
 * nothing is no highlight. Equal amounts stand by kind and id, so that the same books always tell the same.
 *
 * @param limit how many at most
 */
export function mostWorth<T extends Worth>(all: readonly T[], limit: number): T[] {
  const told = new Set<string>();
  const most: T[] = [];
  for (const each of all.toSorted(byWorth)) {
    if (most.length === limit || each.monthlyMinor <= 0) break;
    if (each.counts.some((one) => told.has(one))) continue;
    for (const one of each.counts) told.add(one);
    most.push(each);
  }
  return most;
}

const byWorth = (a: Worth, b: Worth): number =>
  b.monthlyMinor - a.monthlyMinor ||
  HIGHLIGHT_KINDS.indexOf(a.kind) - HIGHLIGHT_KINDS.indexOf(b.kind) ||
  (a.id < b.id ? -1 : 1);
