import { describe, expect, test } from "vitest";

import { bridge } from "./bridge";
import { bookAround } from "./closed-book";
import { closedMonths } from "./closed-months";
import { type BookedEntry, type Correction, corrections, keepBilled, monthsCorrected } from "./corrections";
import type { LedgerEntry } from "./ledger-entry";

const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };
/** October is closed; what is learned of it now counts in November. */
const CLOSED = closedMonths(["2026-09", "2026-10"])!;

/** An estimate of 80.00 for October; a test changes what it is about. */
const entry = (changes: Partial<BookedEntry> = {}): BookedEntry => ({
  kind: "cost",
  month: "2026-10",
  billingMonth: "2026-10",
  purpose: "developer_leverage",
  billingModel: "flat",
  chargeCategory: "purchase",
  state: "estimated",
  basis: "seat_days",
  teamId: "platform",
  memberId: "ada",
  productId: null,
  unassigned: false,
  serviceProviderId: "anthropic",
  subscriptionId: "claude-team",
  planId: "standard",
  apiAccountId: null,
  invoiceId: null,
  chargeId: null,
  chargePeriod: OCTOBER,
  seatDays: 31,
  selfAssessed: false,
  currency: "USD",
  costMinor: 8_000,
  baseCostMinor: 8_000,
  rate: null,
  rateDate: null,
  correctionOf: null,
  ...changes,
});

const invoiced = (baseCostMinor: number, changes: Partial<BookedEntry> = {}): BookedEntry =>
  entry({
    state: "billed",
    invoiceId: "inv-1",
    chargeId: "line-1",
    costMinor: baseCostMinor,
    baseCostMinor,
    ...changes,
  });

const brief = (all: readonly Correction[]) =>
  all.map(({ month, correctionOf, state, baseCostMinor, memberId }) => ({
    month,
    correctionOf,
    state,
    baseCostMinor,
    memberId,
  }));

const november = { month: "2026-11", correctionOf: "2026-10" };

describe("a correction", () => {
  test("reverses the closed estimate and books the invoice, with the period that it is for", () => {
    // 80.00 was estimated, 83.21 was invoiced: -80.00 estimated and +83.21 billed, which is 3.21 more.
    const booked = corrections([invoiced(8_321)], [entry()], CLOSED);
    expect(brief(booked)).toEqual([
      { ...november, state: "billed", baseCostMinor: 8_321, memberId: "ada" },
      { ...november, state: "estimated", baseCostMinor: -8_000, memberId: "ada" },
    ]);
    for (const { chargePeriod, billingMonth } of booked)
      expect([chargePeriod, billingMonth]).toEqual([OCTOBER, "2026-11"]);
    expect(booked.map(({ seatDays }) => seatDays)).toEqual([31, -31]);
  });

  test("of nothing is none", () => {
    expect(corrections([entry()], [entry()], CLOSED)).toEqual([]);
    expect(corrections([], [], CLOSED)).toEqual([]);
  });

  test("that was closed with its month is counted on", () => {
    // November, now closed too, holds -80.00 and +83.21 of October; the invoice is then voided and the estimate is back.
    const closed = closedMonths(["2026-09", "2026-10", "2026-11"])!;
    const held = [entry(), ...corrections([invoiced(8_321)], [entry()], CLOSED)];
    expect(corrections([invoiced(8_321)], held, closed)).toEqual([]);
    expect(brief(corrections([entry()], held, closed))).toEqual([
      {
        month: "2026-12",
        correctionOf: "2026-10",
        state: "estimated",
        baseCostMinor: 8_000,
        memberId: "ada",
      },
      { month: "2026-12", correctionOf: "2026-10", state: "billed", baseCostMinor: -8_321, memberId: "ada" },
    ]);
  });

  test("of a seat that moved takes it from the one and gives it to the other, days and all", () => {
    const [to, from] = corrections([entry({ memberId: "ben" })], [entry()], CLOSED);
    expect(to).toMatchObject({ memberId: "ben", baseCostMinor: 8_000, seatDays: 31 });
    expect(from).toMatchObject({ memberId: "ada", baseCostMinor: -8_000, seatDays: -31 });
  });

  test("of another rate reverses at the old one and books at the new", () => {
    // 100.00 EUR at 1.08 was 108.00; at 1.09 it is 109.00.
    const euros = (rate: string, baseCostMinor: number) =>
      invoiced(baseCostMinor, { currency: "EUR", costMinor: 10_000, rate, rateDate: "2026-10-30" });
    expect(
      corrections([euros("1.09", 10_900)], [euros("1.08", 10_800)], CLOSED).map((one) => [
        one.rate,
        one.costMinor,
        one.baseCostMinor,
      ]),
    ).toEqual([
      ["1.09", 10_000, 10_900],
      ["1.08", -10_000, -10_800],
    ]);
  });

  test("keeps the month in which it was invoiced as long as that is open", () => {
    const late = { billingMonth: "2026-12" };
    const [one] = corrections([invoiced(5_000, late)], [], CLOSED);
    expect(one).toMatchObject({ month: "2026-11", billingMonth: "2026-12" });
  });
});

describe("restated use of a closed month", () => {
  const used = (memberId: string | null, baseCostMinor: number, days = OCTOBER) =>
    entry({
      billingModel: "metered",
      chargeCategory: "usage",
      basis: "shares",
      subscriptionId: null,
      planId: null,
      apiAccountId: "prod",
      seatDays: null,
      memberId,
      chargePeriod: days,
      costMinor: baseCostMinor,
      baseCostMinor,
    });

  test("is one correction of its account, whoever used it", () => {
    // Ada 50.00 and Ben 30.00 were closed; now Ada is at 20.00, Ben at 45.00 and Cem at 20.00: 85.00, which is 5.00 more.
    const now = [used("ada", 2_000), used("ben", 4_500), used("cem", 2_000)];
    const held = [used("ada", 5_000, { start: "2026-10-03", end: "2026-10-20" }), used("ben", 3_000)];
    expect(brief(corrections(now, held, CLOSED))).toEqual([
      { ...november, state: "estimated", baseCostMinor: 500, memberId: null },
    ]);
    expect(corrections([used("cem", 8_000)], held, CLOSED)).toEqual([]);
  });

  test("that is gone is taken back from whom it was of", () => {
    const held = [used("ada", 5_000), used("ben", 3_000)];
    expect(brief(corrections([], held, CLOSED))).toEqual([
      { ...november, state: "estimated", baseCostMinor: -5_000, memberId: "ada" },
      { ...november, state: "estimated", baseCostMinor: -3_000, memberId: "ben" },
    ]);
  });

  test("that counts as something else now is moved", () => {
    const moved = { ...used(null, 8_000), purpose: "product_running" as const };
    expect(
      corrections([moved], [used(null, 8_000)], CLOSED).map((one) => [one.purpose, one.costMinor]),
    ).toEqual([
      ["product_running", 8_000],
      ["developer_leverage", -8_000],
    ]);
  });
});

describe("the billed basis of a closed month", () => {
  // A year invoiced in October, 120.00: 10.00 a month. October is closed, eleven months are open.
  const part = (month: string, minor = 1_000) =>
    invoiced(minor, { month, chargePeriod: { start: "2026-10-01", end: "2027-10-01" } });
  const open = ["2026-11", "2026-12"].map((month) => part(month));

  test("keeps its sum when what it invoiced for open months goes", () => {
    const kept = keepBilled(open, [], CLOSED);
    expect(
      kept.map(({ month, billingMonth, baseCostMinor }) => [month, billingMonth, baseCostMinor]),
    ).toEqual([
      ["2026-11", "2026-10", 2_000],
      ["2026-11", "2026-11", -2_000],
    ]);
    expect(keepBilled(open, open, CLOSED)).toEqual([]);
    // Once it is kept, it stays so.
    expect(keepBilled(kept.slice(0, 1), [], CLOSED)).toEqual(kept);
  });

  test("is no change of a closed month in the months of use", () => {
    expect(monthsCorrected([], keepBilled(open, [], CLOSED))).toEqual([]);
  });
});

describe("the months that a change corrects", () => {
  const made = corrections([invoiced(8_321)], [entry()], CLOSED);

  test("are those whose corrections differ, not those that have some already", () => {
    expect(monthsCorrected([], made)).toEqual(["2026-10"]);
    expect(monthsCorrected(made, [])).toEqual(["2026-10"]);
    expect(monthsCorrected(made, made.toReversed())).toEqual([]);
  });

  test("are not changed by what is only invoiced in another month", () => {
    const later = made.map((one) => ({ ...one, billingMonth: "2026-12" }));
    expect(monthsCorrected(made, later)).toEqual([]);
  });
});

describe("a late invoice", () => {
  const late = { billingMonths: new Map([["inv-1", { issued: "2026-10", counted: "2026-11" }]]), before: [] };

  test("counts in the first open month on the billed basis, with its tax", () => {
    const tax: LedgerEntry = { ...invoiced(1_600), kind: "recoverable_tax", seatDays: null };
    const booked = bookAround({ ...late, entries: [invoiced(8_321), tax], held: [entry()] }, CLOSED);
    expect(booked.map((one) => [one.kind, one.month, one.billingMonth, one.baseCostMinor])).toEqual([
      ["recoverable_tax", "2026-11", "2026-11", 1_600],
      ["cost", "2026-11", "2026-11", 8_321],
      ["cost", "2026-11", "2026-11", -8_000],
    ]);
  });

  test("is in the bridge of that month an invoice spread to the closed one, and what it corrects", () => {
    // Issued 83.21 - 83.21 of October + 3.21 corrected = 3.21.
    const booked = bookAround({ ...late, entries: [invoiced(8_321)], held: [entry()] }, CLOSED);
    expect(bridge(booked, "2026-11")).toEqual({
      invoicesIssued: 8_321,
      recoverableTax: 0,
      selfAssessedTax: 0,
      outOfScope: 0,
      spreadToOtherMonths: -8_321,
      spreadFromOtherMonths: 0,
      prepaidOpened: 0,
      creditsDrawn: 0,
      estimates: 0,
      corrections: 321,
    });
  });
});
