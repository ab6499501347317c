import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ledgerOf } from "@/lib/testing/ledger-of";
import { type RandomFacts, randomFacts } from "@/lib/testing/random-facts";
import { bridge } from "./bridge";
import { bookAround } from "./closed-book";
import { closedMonths, openMonthFor } from "./closed-months";
import type { BookedEntry } from "./corrections";
import type { LedgerEntry } from "./ledger-entry";
import { type Month, monthOf, monthsBetween } from "./month";

// Random facts are entered, months are closed, the facts become other facts, more months are closed, and so on.

const RUNS = 30;

type Round = { readonly ledger: readonly BookedEntry[]; readonly closed: readonly Month[] };

/** The ledger after the facts became these, with the months up to `last` closed before. */
class Books {
  ledger: readonly BookedEntry[] = [];
  closed: readonly Month[] = [];
  readonly billingMonths = new Map<string, { issued: Month; counted: Month }>();

  enter(facts: RandomFacts): Round {
    const before = { ledger: this.ledger, closed: this.closed };
    const closed = closedMonths(this.closed);
    const entries = ledgerOf(facts);
    for (const { id, issueDate } of facts.invoices) {
      if (this.billingMonths.has(id)) continue;
      const issued = monthOf(issueDate);
      this.billingMonths.set(id, { issued, counted: openMonthFor(issued, closed) });
    }
    this.ledger = closed
      ? [...this.held(), ...this.around(entries, closed)]
      : entries.map((entry) => ({ ...entry, correctionOf: null }));
    return before;
  }

  held = () => this.ledger.filter(({ month }) => this.closed.includes(month));

  around(entries: readonly LedgerEntry[], closed: NonNullable<ReturnType<typeof closedMonths>>) {
    const held = this.held();
    const before = this.ledger.filter(({ month }) => !closed.months.has(month));
    const { billingMonths } = this;
    return bookAround({ entries, held, before, billingMonths }, closed).map((entry) => ({
      correctionOf: null,
      ...entry,
    }));
  }

  /** Months close one after another. */
  close(last: Month): void {
    this.closed = monthsBetween("2025-12", last);
  }
}

const sum = (entries: readonly LedgerEntry[]) =>
  entries.reduce((total, entry) => total + entry.baseCostMinor, 0);

const sumsBy = (entries: readonly BookedEntry[], keyOf: (entry: BookedEntry) => string) =>
  Object.fromEntries(
    [...Map.groupBy(entries, keyOf)]
      .map(([key, part]) => [key, sum(part)] as const)
      .filter(([, minor]) => minor !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const closings = fc.tuple(fc.nat(8), fc.nat(4)).map(([first, more]) => [first, first + more] as const);
const month = (index: number): Month => monthsBetween("2026-01", "2027-06")[index] ?? "2026-01";

/** Facts that lose an invoice, and then become those of somebody else's books. */
function always(law: (books: Books, before: Round, facts: RandomFacts) => void) {
  fc.assert(
    fc.property(randomFacts, randomFacts, closings, (first, other, [at, then]) => {
      const books = new Books();
      const becomes = (facts: RandomFacts) => law(books, books.enter(facts), facts);
      becomes({ ...first, invoices: first.invoices.slice(1) });
      books.close(month(at));
      becomes(first);
      becomes({ ...first, invoices: first.invoices.slice(0, 2) });
      books.close(month(then));
      becomes({
        invoices: first.invoices,
        books: { ...other.books, rates: first.books.rates, credits: first.books.credits },
      });
      becomes(first);
    }),
    { numRuns: RUNS },
  );
}

describe("laws of the closed book", () => {
  test("no fact changes an entry of a closed month", () => {
    always((books, before) => {
      const of = ({ ledger }: Round) => ledger.filter((entry) => before.closed.includes(entry.month));
      expect(of({ ledger: books.ledger, closed: [] })).toEqual(of(before));
    });
  });

  test("nothing is lost: with its corrections, every month is what the facts give for it", () => {
    always((books, _before, facts) => {
      const key = ({ purpose, state, kind, teamId, productId }: LedgerEntry) =>
        [kind, purpose, state, teamId, productId].join(" ");
      const cost = (entries: readonly BookedEntry[]) => entries.filter(({ kind }) => kind === "cost");
      const given = ledgerOf(facts).map((entry) => ({ ...entry, correctionOf: null }));
      const byMonth = (entry: BookedEntry) => `${entry.correctionOf ?? entry.month} ${key(entry)}`;
      expect(sumsBy(cost(books.ledger), byMonth)).toEqual(sumsBy(cost(given), byMonth));
      expect(sumsBy(books.ledger, key)).toEqual(sumsBy(given, key));
    });
  });

  test("the bridge of every month leads to its lines, and of a closed month never changes", () => {
    always((books, before) => {
      const months = new Set(books.ledger.flatMap((entry) => [entry.month, entry.billingMonth]));
      for (const each of months) {
        const { invoicesIssued, ...rest } = bridge(books.ledger, each);
        const steps = Object.values(rest).reduce((a, b) => a + b, invoicesIssued);
        const lines = books.ledger.filter((entry) => entry.kind === "cost" && entry.month === each);
        expect(steps).toBe(sum(lines));
      }
      for (const each of before.closed)
        expect(bridge(books.ledger, each)).toEqual(bridge(before.ledger, each));
    });
  });

  test("the billed basis of a closed month never changes, down to the grain of the totals", () => {
    always((books, before) => {
      const grain = ({ kind, purpose, billingModel, teamId, productId, ...entry }: BookedEntry) =>
        [entry.billingMonth, kind, purpose, billingModel, teamId, productId, entry.serviceProviderId].join(
          " ",
        );
      const billed = (ledger: readonly BookedEntry[]) =>
        sumsBy(
          ledger.filter(
            ({ state, billingMonth }) => state === "billed" && before.closed.includes(billingMonth),
          ),
          grain,
        );
      expect(billed(books.ledger)).toEqual(billed(before.ledger));
    });
  });

  test("making it anew from the facts and what closed months hold changes nothing", () => {
    always((books, _before, facts) => {
      const lines = () => books.ledger.map((entry) => JSON.stringify(entry)).sort();
      const kept = lines();
      books.enter({ ...facts, invoices: facts.invoices.toReversed() });
      expect(lines()).toEqual(kept);
    });
  });
});
