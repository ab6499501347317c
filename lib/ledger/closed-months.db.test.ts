import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

import { changeAssignment, listAssignments } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import { reopenMonth } from "@/lib/closing/service";
import { transact } from "@/lib/db/client";
import { shiftMonth } from "@/lib/domain/month";
import { getBridge, listLedger } from "@/lib/entries/service";
import { changeInvoice, postInvoice, voidInvoice } from "@/lib/invoices/service";
import { ledgerInput } from "@/lib/ledger/schema";
import { mergeMembers } from "@/lib/members/merging";
import { readMember } from "@/lib/members/service";
import { createRate } from "@/lib/rates/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { changeThings } from "@/lib/testing/change-facts";
import { closeMonths } from "@/lib/testing/closing";
import { enterBase, remainingSteps } from "@/lib/testing/enter-facts";
import { anInvoice, invoiceFactsOf, seatCharge, usd } from "@/lib/testing/invoices";
import { at, expectRebuilt, keptLedger } from "@/lib/testing/kept-ledger";
import { anOrganization } from "@/lib/testing/organization";
import { randomFacts } from "@/lib/testing/random-facts";

// What closed months do to a change of facts (posting rule 10), against PostgreSQL.

let ctx: Ctx;
let correcting: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = at(await anOrganization({ booksStart: "2026-10" }), "2026-11-24");
  correcting = { ...ctx, closedMonths: "correct" };
  books = await someBooks(ctx);
});

const REFUSED = {
  code: "period_closed",
  details: { correction: { of: ["2026-10"], countsIn: "2026-11" } },
};

const entriesOf = async (month: string, by: Ctx = ctx) =>
  (await listLedger(by, ledgerInput.parse({ month, limit: 200 }))).data;

const correctionsIn = async (month: string, by: Ctx = ctx) =>
  (await entriesOf(month, by))
    .filter(({ correctionOf }) => correctionOf !== null)
    .map((entry) => [entry.state, entry.member?.name ?? "nobody", entry.baseCost.minor])
    .sort();

/** Five seats at 25.00 were estimated for October, 125.00, of which Ada and Ben hold one each; then it is closed. */
const closeOctober = () => closeMonths(ctx, "2026-10", "2026-10");

test("a late invoice is refused, and by itself leaves nothing behind", async () => {
  await closeOctober();
  const kept = await keptLedger(ctx);
  await expect(postInvoice(ctx, anInvoice(books))).rejects.toMatchObject(REFUSED);
  expect(await keptLedger(ctx)).toEqual(kept);
});

test("asked for as a correction, it counts in the first open month beside what it takes back", async () => {
  await closeOctober();
  const october = await entriesOf("2026-10");
  const billedCost = usd(13_000);
  await postInvoice(correcting, anInvoice(books, { charges: [seatCharge(books, { billedCost })] }));
  expect(await entriesOf("2026-10")).toEqual(october);
  // 130.00 for five seats is 26.00 a seat; 25.00 a seat was estimated, three of them nobody's.
  expect(await correctionsIn("2026-11")).toEqual([
    ["billed", "Ada", 2_600],
    ["billed", "Ben", 2_600],
    ["billed", "nobody", 7_800],
    ["estimated", "Ada", -2_500],
    ["estimated", "Ben", -2_500],
    ["estimated", "nobody", -7_500],
  ]);
  const { steps, total } = await getBridge(ctx, { month: "2026-11" });
  const amounts = Object.fromEntries(steps.map(({ step, amount }) => [step, amount.minor]));
  // Invoiced 130.00, all of it October's; 5.00 more than was closed; November's seats are still estimated.
  expect(amounts).toMatchObject({
    invoices_issued: 13_000,
    spread_to_other_months: -13_000,
    corrections: 500,
    estimates: 12_500,
  });
  expect(total.minor).toBe(13_000);
  await expectRebuilt(ctx);
});

test("corrections that are there already refuse nothing else", async () => {
  await closeOctober();
  await postInvoice(correcting, anInvoice(books));
  await postInvoice(
    ctx,
    anInvoice(books, {
      number: "INV-2",
      issueDate: "2026-11-20",
      charges: [seatCharge(books, { chargePeriod: { start: "2026-11-01", end: "2026-12-01" } })],
    }),
  );
  await expectRebuilt(ctx);
});

test("voiding an invoice of a closed month is refused, or takes it back in the open one", async () => {
  const { id, version } = await postInvoice(ctx, anInvoice(books));
  await closeOctober();
  const october = await entriesOf("2026-10");
  const input = { id, version, reason: "wrong" };
  await expect(voidInvoice(ctx, input)).rejects.toMatchObject(REFUSED);
  await voidInvoice(correcting, input);
  expect(await entriesOf("2026-10")).toEqual(october);
  // The estimate of 125.00 that the invoice of 125.00 had taken the place of is back.
  expect(await correctionsIn("2026-11")).toEqual([
    ["billed", "Ada", -2_500],
    ["billed", "Ben", -2_500],
    ["billed", "nobody", -7_500],
    ["estimated", "Ada", 2_500],
    ["estimated", "Ben", 2_500],
    ["estimated", "nobody", 7_500],
  ]);
  await expectRebuilt(ctx);
});

test("changing an invoice of a closed month is refused, or corrects it line by line", async () => {
  const { id, version } = await postInvoice(ctx, anInvoice(books));
  await closeOctober();
  const october = await entriesOf("2026-10");
  const facts = invoiceFactsOf(books, { charges: [seatCharge(books, { billedCost: usd(12_600) })] });
  await expect(changeInvoice(ctx, { ...facts, id, version })).rejects.toMatchObject(REFUSED);
  await changeInvoice(correcting, { ...facts, id, version });
  expect(await entriesOf("2026-10")).toEqual(october);
  // 126.00 - 125.00: 25.20 a seat, 0.20 more.
  expect(await correctionsIn("2026-11")).toEqual([
    ["billed", "Ada", 20],
    ["billed", "Ben", 20],
    ["billed", "nobody", 60],
  ]);
  await expectRebuilt(ctx);
  await changeInvoice(correcting, { ...invoiceFactsOf(books), id, version: version + 1 });
  expect(await correctionsIn("2026-11")).toEqual([]);
});

test("a line that a closed month holds cannot be taken off its invoice", async () => {
  const charges = [seatCharge(books), seatCharge(books, { planId: null, description: "More" })];
  const { id, version } = await postInvoice(ctx, anInvoice(books, { charges }));
  await closeOctober();
  const change = { ...invoiceFactsOf(books), id, version };
  await expect(changeInvoice(correcting, change)).rejects.toMatchObject({ code: "period_closed" });
});

test("moving a seat in a closed month, and merging who held one, ask as well", async () => {
  await closeOctober();
  const { data } = await listAssignments(ctx, { limit: 200 });
  const held = data.find(({ member }) => member?.name === "Ada")!;
  const product = { id: held.id, version: held.version, purpose: "product_running" as const };
  await expect(changeAssignment(ctx, { ...product, productId: null })).rejects.toMatchObject(REFUSED);
  const { version } = await readMember(ctx, { id: books.members.ada });
  const merge = { id: books.members.ada, version, intoMemberId: books.members.cem };
  await expect(mergeMembers(ctx, merge)).rejects.toMatchObject(REFUSED);
});

test("an invoice of a closed month for open ones needs no leave, and counts as invoiced in the open one", async () => {
  await closeOctober();
  const november = { start: "2026-11-01", end: "2026-12-01" };
  await postInvoice(ctx, anInvoice(books, { charges: [seatCharge(books, { chargePeriod: november })] }));
  const billed = (await entriesOf("2026-11")).filter(({ state }) => state === "billed");
  expect(new Set(billed.map(({ billingMonth }) => billingMonth))).toEqual(new Set(["2026-11"]));
  expect(await correctionsIn("2026-11")).toEqual([]);
});

test("a year's invoice that is voided later leaves the month that it was issued in as it was, on the billed basis too", async () => {
  const year = { start: "2026-10-01", end: "2027-10-01" };
  const { id, version } = await postInvoice(
    ctx,
    anInvoice(books, { charges: [seatCharge(books, { chargePeriod: year, billedCost: usd(120_000) })] }),
  );
  await closeOctober();
  const billed = async (month: string) =>
    (await listLedger(ctx, ledgerInput.parse({ month, basis: "billed" }))).total.minor;
  const bridge = await getBridge(ctx, { month: "2026-10" });
  await voidInvoice(correcting, { id, version, reason: "wrong" });
  expect([await billed("2026-10"), await billed("2026-11")]).toEqual([120_000, -120_000]);
  expect(await getBridge(ctx, { month: "2026-10" })).toEqual(bridge);
  await expectRebuilt(ctx);
});

test("a rate that would convert a closed month anew asks", async () => {
  await createRate(ctx, { date: "2026-10-28", from: "EUR", to: "USD", rate: "1.08", source: "a bank" });
  const eur = { minor: 10_000, currency: "EUR" };
  const charges = [seatCharge(books, { billedCost: eur })];
  await postInvoice(ctx, anInvoice(books, { billedCost: eur, charges }));
  await closeOctober();
  const later = { date: "2026-10-30", from: "EUR", to: "USD", rate: "1.09", source: "a bank" };
  await expect(createRate(ctx, later)).rejects.toMatchObject(REFUSED);
  await createRate(correcting, later);
  const { total } = await listLedger(ctx, ledgerInput.parse({ month: "2026-11", corrections: "only" }));
  // 100.00 EUR were 108.00 and are 109.00.
  expect(total.minor).toBe(100);
  await expectRebuilt(ctx);
});

describe("whatever is changed after months were closed", () => {
  test("they stay as they were, and a rebuild makes what was kept", async () => {
    const picks = fc.array(fc.nat(10_000), { minLength: 6, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(randomFacts, picks, picks, fc.nat(4), async (facts, first, second, count) => {
        const { booksStart, today } = facts.books;
        const owner = at(await anOrganization({ booksStart }), today);
        const ids = await enterBase(owner, facts);
        const [early = [], late = []] = [0, 1].map((half) =>
          remainingSteps({ ...owner, closedMonths: "correct" }, facts, ids).filter(
            (_, index) => index % 2 === half,
          ),
        );
        for (const step of early) await step();
        const last = shiftMonth(booksStart, count);
        await closeMonths(owner, booksStart, last);
        const kept = await closedEntries(owner, last);
        for (const step of late) await step();
        expect(await closedEntries(owner, last)).toEqual(kept);
        await expectRebuilt(owner);

        await changeThings({ ...owner, closedMonths: "correct" }, facts, ids, first);
        await changeThings(owner, facts, ids, second);
        expect(await closedEntries(owner, last)).toEqual(kept);
        await expectRebuilt(owner);

        // Opened again one after another, each holds what a rebuild of everything gives it.
        for (const month of [last, ...(count > 0 ? [shiftMonth(last, -1)] : [])]) {
          await reopenMonth(owner, { month, reason: "a look" });
          await expectRebuilt(owner);
        }
      }),
      // Each run takes seconds: a counterexample is wanted at once, not a smaller one after minutes.
      { numRuns: 3, endOnFailure: true },
    );
  });
});

/** Every entry of the closed months as it stands, ids and all. */
function closedEntries({ organization: { id: organizationId } }: Ctx, last: string): Promise<unknown[]> {
  return transact({ organizationId }, (db) =>
    db.ledgerEntry.findMany({ where: { organizationId, month: { lte: last } }, orderBy: { id: "asc" } }),
  );
}
