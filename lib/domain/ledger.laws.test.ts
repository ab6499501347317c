import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { feesOf, ledgerOf, meteredCharges } from "@/lib/testing/ledger-of";
import { type RandomFacts, randomFacts } from "@/lib/testing/random-facts";
import { bridge } from "./bridge";
import { amountNano, drawnNano } from "./credit-grant";
import { uncoveredCharges } from "./estimates";
import { convert, requireRate } from "./exchange-rate";
import type { LedgerEntry } from "./ledger-entry";
import { type MeteredDay, uncoveredUsage } from "./metered";
import { withCredits } from "./metered-estimates";
import { money } from "./money";
import { monthOf } from "./month";
import { daysIn } from "./period";

const RUNS = 150;

const sum = (entries: readonly LedgerEntry[], of: "costMinor" | "baseCostMinor" = "baseCostMinor") =>
  entries.reduce((total, entry) => total + entry[of], 0);

function always(law: (facts: RandomFacts, entries: LedgerEntry[]) => void) {
  fc.assert(
    fc.property(randomFacts, (facts) => law(facts, ledgerOf(facts))),
    { numRuns: RUNS },
  );
}

describe("laws of the ledger", () => {
  test("the entries of a charge sum to the charge, in its own currency and converted once", () => {
    always(({ invoices, books }, entries) => {
      const byCharge = Map.groupBy(entries, ({ chargeId }) => chargeId);
      for (const { charges, currency, issueDate } of invoices) {
        for (const charge of charges) {
          const own = byCharge.get(charge.id) ?? [];
          const amount = money(charge.billedCostMinor, currency);
          const wanted = { from: currency, to: books.baseCurrency, date: issueDate };
          const base =
            currency === books.baseCurrency ? amount : convert(amount, requireRate(books.rates, wanted));
          expect(sum(own, "costMinor")).toBe(charge.billedCostMinor);
          expect(sum(own)).toBe(base.minor);
        }
      }
    });
  });

  test("every view sums to the same total", () => {
    always((_facts, entries) => {
      for (const key of [
        "memberId",
        "teamId",
        "productId",
        "serviceProviderId",
        "purpose",
        "month",
      ] as const) {
        const parts = [...Map.groupBy(entries, (entry) => entry[key]).values()].map((part) => sum(part));
        expect(parts.reduce((a, b) => a + b, 0)).toBe(sum(entries));
      }
    });
  });

  test("the bridge of every month leads from its invoices to its lines", () => {
    always(({ invoices, books }, entries) => {
      const months = new Set(entries.flatMap(({ month, billingMonth }) => [month, billingMonth]));
      for (const month of months) {
        const { invoicesIssued, ...rest } = bridge(entries, month);
        const lines = entries.filter((entry) => entry.kind === "cost" && entry.month === month);
        const steps = Object.values(rest).reduce((a, b) => a + b, invoicesIssued);
        expect(steps).toBe(sum(lines));

        const issued = invoices
          .filter(({ issueDate }) => monthOf(issueDate) === month)
          .flatMap(({ charges, currency, issueDate }) =>
            charges.map((charge) => {
              if (charge.selfAssessed) return 0;
              const amount = money(charge.billedCostMinor, currency);
              if (currency === books.baseCurrency) return amount.minor;
              const rate = requireRate(books.rates, {
                from: currency,
                to: books.baseCurrency,
                date: issueDate,
              });
              return convert(amount, rate).minor;
            }),
          );
        expect(invoicesIssued).toBe(issued.reduce((a, b) => a + b, 0));
      }
    });
  });

  test("over all time the effective and the billed basis hold the same billed cost", () => {
    always((_facts, entries) => {
      const billed = entries.filter((entry) => entry.kind === "cost" && entry.state === "billed");
      const total = (key: "month" | "billingMonth") =>
        [...Map.groupBy(billed, (entry) => entry[key]).values()].reduce((all, part) => all + sum(part), 0);
      expect(total("month")).toBe(total("billingMonth"));
    });
  });

  test("the order of entry does not matter", () => {
    always((facts, entries) => {
      const again = ledgerOf({ ...facts, invoices: facts.invoices.toReversed() });
      const lines = (all: LedgerEntry[]) => all.map((entry) => JSON.stringify(entry)).sort();
      expect(lines(again)).toEqual(lines(entries));
    });
  });

  test("credit pays for use once: what is drawn and what is left are the use, and no more than the credit", () => {
    always((facts) => {
      const charges = meteredCharges(facts);
      const { credits, usage, apiAccounts, today } = withCredits(
        facts.books,
        new Map([["provider-a", charges]]),
      );
      const drawn = credits.drawn.get("provider-a");
      if (!drawn) return;
      const uncovered = uncoveredUsage(
        usage.filter(({ day }) => day <= today),
        charges,
        apiAccounts,
      );
      const paid = drawn.draws.map(drawnNano);
      const nano = (used: readonly MeteredDay[]) => drawnNano({ used });
      expect(paid.reduce((a, b) => a + b, 0n) + nano(drawn.rest)).toBe(nano(uncovered));
      for (const { grant, used } of drawn.draws) {
        const spent = drawnNano({ used });
        expect(spent >= 0n && spent <= amountNano(grant)).toBe(true);
        expect(used.every(({ day }) => grant.startsOn <= day && day < (grant.expiresOn ?? "~"))).toBe(true);
      }
    });
  });

  test("credit that is used up or has expired is cost, whole; nothing stays prepaid", () => {
    always((facts, entries) => {
      const charges = facts.invoices.flatMap((invoice) => invoice.charges);
      for (const { chargeId, expiresOn } of facts.books.credits.grants) {
        if (chargeId === null || expiresOn === null || expiresOn > facts.books.today) continue;
        const own = entries.filter((entry) => entry.chargeId === chargeId);
        const cost = own.filter(({ kind }) => kind === "cost");
        expect(sum(cost, "costMinor")).toBe(charges.find(({ id }) => id === chargeId)?.billedCostMinor);
        expect(sum(own.filter(({ kind }) => kind !== "cost"))).toBe(0);
      }
    });
  });

  test("what is expected is covered or uncovered, never both, and only the uncovered part is estimated", () => {
    always((facts, entries) => {
      for (const subscription of facts.books.subscriptions.values()) {
        const rows = uncoveredCharges(subscription, feesOf(facts, subscription.id), facts.books);
        const count = (days: ReadonlyMap<string, number>) => [...days.values()].reduce((a, b) => a + b, 0);
        for (const { expected, coveredSeatDays, uncoveredSeatDays } of rows) {
          expect(count(coveredSeatDays) + count(uncoveredSeatDays)).toBe(
            expected.seats * daysIn(expected.period),
          );
        }
        const expectedMinor = rows.reduce((all, { expected }) => all + expected.amountMinor, 0);
        const estimated = entries.filter(
          (entry) => entry.state === "estimated" && entry.subscriptionId === subscription.id,
        );
        expect(sum(estimated)).toBeLessThanOrEqual(expectedMinor);
        for (const entry of estimated) expect(entry.month <= monthOf(facts.books.today)).toBe(true);
      }
    });
  });

  test("seat days of a seat fee are the days of the seats in force", () => {
    always((_facts, entries) => {
      for (const entry of entries) {
        if (entry.seatDays !== null)
          expect(Number.isInteger(entry.seatDays) && entry.seatDays >= 0).toBe(true);
      }
    });
  });
});
