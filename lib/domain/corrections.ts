import type { ClosedMonths } from "./closed-months";
import type { LedgerEntry } from "./ledger-entry";
import { sumMinor } from "./money";
import { type Month, periodOfMonth } from "./month";

/** An entry as the ledger holds it: an open or closed month's own, or the correction of a closed one. */
export type BookedEntry = LedgerEntry & { readonly correctionOf: Month | null };

export type Correction = LedgerEntry & { readonly correctionOf: Month };

type Closed = NonNullable<ClosedMonths>;

/**
 * The corrections of closed months (posting rule 10): what the facts now give for them less what they hold, per target
 * and state, in the first open month with the original charge period. What was learned of a closed estimate of 80.00 by
 * an invoice of 83.21 is -80.00 estimated and +83.21 billed.
 *
 * Where use decided a split, that split is frozen: use that is restated later is one correction of its account and
 * target, and nobody's.
 *
 * @param now what the facts give, of closed months alone
 * @param held what closed months hold: their own entries, and corrections of earlier months that were closed with them
 */
export function corrections(
  now: readonly LedgerEntry[],
  held: readonly BookedEntry[],
  closed: Closed,
): Correction[] {
  const cells = new Map<string, Cell>();
  for (const entry of now) addTo(cells, { of: entry.month, entry }, "now", closed);
  for (const entry of held) addTo(cells, { of: entry.correctionOf ?? entry.month, entry }, "held", closed);
  const splits = Map.groupBy(cells.values(), ({ split }) => split);
  return [...splits].flatMap(([split, parts]) =>
    (split === null ? parts : frozen(parts)).flatMap(difference),
  );
}

/** Amounts of one month, target and state, with both sides that they are compared by. */
type Cell = {
  readonly entry: Correction;
  /** Which parts are of one split by use; null: of none. */
  readonly split: string | null;
  readonly now: LedgerEntry[];
  readonly held: LedgerEntry[];
};

function addTo(
  cells: Map<string, Cell>,
  { of, entry }: { of: Month; entry: LedgerEntry },
  side: "now" | "held",
  closed: Closed,
): void {
  const moved = inFirstOpenMonth(entry, of, closed);
  const key = keyOf(moved);
  const cell = cells.get(key) ?? { entry: moved, split: splitOf(moved), now: [], held: [] };
  cell[side].push(entry);
  cells.set(key, cell);
}

/** A billed amount keeps the month in which it was invoiced as long as that is open. */
function inFirstOpenMonth(entry: LedgerEntry, of: Month, { months, firstOpen }: Closed): Correction {
  const billingMonth =
    entry.state === "estimated" || months.has(entry.billingMonth) ? firstOpen : entry.billingMonth;
  const moved = { ...entry, month: firstOpen, billingMonth, correctionOf: of };
  // Restated use may reach over other days and targets; what is corrected is the month's estimate.
  return isMeteredEstimate(entry) ? { ...moved, basis: "usage", chargePeriod: periodOfMonth(of) } : moved;
}

const isMeteredEstimate = ({ state, subscriptionId }: LedgerEntry): boolean =>
  state === "estimated" && subscriptionId === null;

/** Everything that an entry says but its amounts: entries that agree in it are of one target and state. */
export function keyOf({ costMinor: _, baseCostMinor: __, seatDays, ...said }: LedgerEntry): string {
  return JSON.stringify(Object.entries({ ...said, seats: seatDays !== null }).sort());
}

function splitOf(entry: Correction): string | null {
  return entry.basis === "usage" ? keyOf({ ...entry, memberId: null }) : null;
}

/** The parts of a split that both sides have are one amount, which is nobody's. */
function frozen(parts: readonly Cell[]): readonly Cell[] {
  const now = parts.flatMap((part) => part.now);
  const held = parts.flatMap((part) => part.held);
  const [first] = parts;
  if (!first || now.length === 0 || held.length === 0) return parts;
  return [{ ...first, entry: { ...first.entry, memberId: null }, now, held }];
}

function difference({ entry, now, held }: Cell): Correction[] {
  const less = (of: (side: LedgerEntry) => number) => sumMinor(now.map(of)) - sumMinor(held.map(of));
  const costMinor = less((side) => side.costMinor);
  const baseCostMinor = less((side) => side.baseCostMinor);
  const seatDays = less((side) => side.seatDays ?? 0);
  if (costMinor === 0 && baseCostMinor === 0 && seatDays === 0) return [];
  return [{ ...entry, costMinor, baseCostMinor, seatDays: entry.seatDays === null ? null : seatDays }];
}

/**
 * The billed basis of closed months does not move either, down to the grain of the totals: where parts in open months of
 * what was invoiced in a closed one change, that month keeps its sum, and the first open month takes the difference.
 * In the months of use the two sides of it are nothing.
 *
 * @param before, after what open months hold of invoices of closed months
 */
export function keepBilled(
  before: readonly LedgerEntry[],
  after: readonly LedgerEntry[],
  { firstOpen }: Closed,
): Correction[] {
  const atGrain = (entry: LedgerEntry): Correction => ({
    ...entry,
    month: firstOpen,
    correctionOf: entry.billingMonth,
    memberId: null,
    unassigned: false,
    basis: "direct",
    seatDays: null,
  });
  const cells = new Map<string, Cell>();
  for (const [entries, side] of [[before, "now"] as const, [after, "held"] as const]) {
    for (const entry of entries) {
      const summed = atGrain(entry);
      const key = keyOf(summed);
      const cell = cells.get(key) ?? { entry: summed, split: null, now: [], held: [] };
      cell[side].push(summed);
      cells.set(key, cell);
    }
  }
  return [...cells.values()].flatMap(difference).flatMap((kept) => [
    kept,
    {
      ...kept,
      billingMonth: firstOpen,
      costMinor: 0 - kept.costMinor,
      baseCostMinor: 0 - kept.baseCostMinor,
    },
  ]);
}

/**
 * The closed months of which the corrections differ: those that a change would change. What only moves between months
 * of invoicing is none.
 */
export function monthsCorrected(before: readonly Correction[], after: readonly Correction[]): Month[] {
  const sums = new Map<string, { month: Month; minor: number; baseMinor: number; seatDays: number }>();
  const count = (all: readonly Correction[], sign: 1 | -1) => {
    for (const entry of all) {
      const key = keyOf({ ...entry, billingMonth: "" });
      const sum = sums.get(key) ?? { month: entry.correctionOf, minor: 0, baseMinor: 0, seatDays: 0 };
      sum.minor += sign * entry.costMinor;
      sum.baseMinor += sign * entry.baseCostMinor;
      sum.seatDays += sign * (entry.seatDays ?? 0);
      sums.set(key, sum);
    }
  };
  count(before, -1);
  count(after, 1);
  const changed = [...sums.values()].filter((sum) => sum.minor || sum.baseMinor || sum.seatDays);
  return [...new Set(changed.map(({ month }) => month))].sort();
}
