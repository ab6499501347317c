import type { ChargeCategory } from "./facts";

/** What a line of an invoice is known by when its lines are entered anew: they have no name of their own. */
type Line = {
  readonly chargeCategory: ChargeCategory;
  readonly description: string;
  readonly billedCost: { readonly minor: number };
};

/**
 * Where a line stands after an invoice was put right: at its place if it is still the same there; else where the same
 * line went, or one of the same words with another amount; else its place, where somebody put it right.
 */
export function followedLine(before: readonly Line[], after: readonly Line[], position: number): number {
  const line = before[position];
  if (!line) return position;
  const alike = (other: Line | undefined) =>
    other?.chargeCategory === line.chargeCategory && other.description === line.description;
  const same = (other: Line | undefined) => alike(other) && other?.billedCost.minor === line.billedCost.minor;
  if (same(after[position])) return position;
  const moved = after.findIndex(same);
  if (moved !== -1) return moved;
  if (alike(after[position])) return position;
  const changed = after.findIndex(alike);
  return changed === -1 ? position : changed;
}
