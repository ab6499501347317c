import { sumMinor } from "./money";
import type { BilledRow, ForeseenSeats, PublishedPrice, SeatChange } from "./reconciliation";

type Matched = {
  readonly seats: readonly ForeseenSeats[];
  /** Lines that are neither tax nor credit. */
  readonly lines: readonly BilledRow[];
  readonly changes: readonly SeatChange[];
  readonly prices: readonly PublishedPrice[];
};

/** How much of what seats were billed otherwise than expected is another price, and how much another proration. */
export function matchSeats(matched: Matched): { priceMinor: number; prorationMinor: number } {
  const { seats, lines } = matched;
  const purchases = lines.filter(({ chargeCategory }) => chargeCategory === "purchase");
  const wholes = new Set(purchases.filter((line) => wholeCycleOf(line, seats) !== null));
  const parts = purchases.filter((line) => !wholes.has(line));
  return {
    priceMinor: sumMinor([...wholes].map((line) => priceDifference(line, matched))),
    prorationMinor: sumMinor(
      [...Map.groupBy(parts, ({ period }) => period.start)].map(([day, ofDay]) =>
        prorationDifference(day, ofDay, matched),
      ),
    ),
  };
}

/** The row of a cycle's start that a line pays for, whole. */
function wholeCycleOf(line: BilledRow, seats: readonly ForeseenSeats[]): ForeseenSeats | null {
  if (line.amount.costMinor < 0) return null;
  const { start, end } = line.period;
  const found = seats.filter(
    ({ kind, planId, cycle }) =>
      kind === "cycle_start" &&
      cycle.start === start &&
      cycle.end === end &&
      (line.planId === null || line.planId === planId),
  );
  // A line that names no plan says which only where there is one.
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Seats at a price that was published for the day and is not the contract's. */
function priceDifference(line: BilledRow, { seats, prices }: Matched): number {
  const row = wholeCycleOf(line, seats);
  const { quantity, currency, amount } = line;
  if (row === null || quantity === null || quantity <= 0 || !Number.isInteger(quantity)) return 0;
  const unitPriceMinor = amount.costMinor / quantity;
  const published = prices
    .filter(
      (price) =>
        price.planId === row.planId && price.currency === currency && price.startsOn <= line.period.start,
    )
    .toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1))
    .at(-1);
  if (published?.unitPriceMinor !== unitPriceMinor) return 0;
  return (unitPriceMinor - row.unitPriceMinor) * Math.min(quantity, row.seats);
}

/** Parts of a cycle from a day on which seats changed, as far as they stay below the seats' price for all of it. */
function prorationDifference(day: string, lines: readonly BilledRow[], { seats, changes }: Matched): number {
  const changed = sumMinor(
    changes.filter((change) => change.day === day).map(({ seats: by }) => Math.abs(by)),
  );
  const quantity = Math.max(...lines.map((line) => line.quantity ?? Number.POSITIVE_INFINITY));
  const rows = seats.filter(({ kind, period }) => kind !== "cycle_start" && period.start === day);
  const unit = Math.max(0, ...seats.map(({ unitPriceMinor }) => unitPriceMinor));
  const billed = sumMinor(lines.map(({ amount }) => amount.costMinor));
  const expected = sumMinor(rows.map(({ amount, open }) => amount.costMinor - open.costMinor));
  const proved = changed > 0 && Number.isFinite(quantity) && Math.abs(billed) <= unit * changed;
  return proved ? billed - expected : 0;
}
