import type { ClosedMonths } from "./closed-months";
import { type BookedEntry, type Correction, corrections, keepBilled } from "./corrections";
import type { LedgerEntry } from "./ledger-entry";
import type { Month } from "./month";

/** By invoice: the month of its issue, and the one in which it counts on the billed basis. */
export type BillingMonths = ReadonlyMap<string, { readonly issued: Month; readonly counted: Month }>;

/**
 * What open months hold of some facts, while closed months keep what they hold: the facts' entries of open months, and
 * the corrections of closed ones.
 *
 * @param entries what the facts give for every month
 * @param before what open months held of them, as far as it corrects a closed month or was invoiced in one
 * @param held what closed months hold of them
 */
export function bookAround(
  {
    entries,
    before,
    held,
    billingMonths,
  }: {
    readonly entries: readonly LedgerEntry[];
    readonly before: readonly BookedEntry[];
    readonly held: readonly BookedEntry[];
    readonly billingMonths: BillingMonths;
  },
  closed: NonNullable<ClosedMonths>,
): (LedgerEntry | Correction)[] {
  const placed = entries.map((entry) => inBillingMonth(entry, billingMonths));
  const open = placed.filter(({ month }) => !closed.months.has(month));
  const ofClosed = placed.filter(({ month }) => closed.months.has(month));
  const invoicedInClosed = <T extends LedgerEntry>(all: readonly T[]) =>
    all.filter(
      ({ state, month, billingMonth }) =>
        state === "billed" && !closed.months.has(month) && closed.months.has(billingMonth),
    );
  return [
    ...open,
    ...corrections(ofClosed, held, closed),
    ...keepBilled(invoicedInClosed(before), invoicedInClosed(open), closed),
  ];
}

/** An invoice that came after its month was closed counts later on the billed basis, and so does what it has outside the lines. */
function inBillingMonth(entry: LedgerEntry, billingMonths: BillingMonths): LedgerEntry {
  const invoice = entry.invoiceId === null ? undefined : billingMonths.get(entry.invoiceId);
  // What is drawn from credit that it bought counts in the month of its use.
  if (invoice === undefined || entry.billingMonth !== invoice.issued) return entry;
  const outside = entry.kind !== "cost" && entry.month === invoice.issued;
  return { ...entry, billingMonth: invoice.counted, ...(outside && { month: invoice.counted }) };
}
