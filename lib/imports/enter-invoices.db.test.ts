import { describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { createServiceProvider } from "@/lib/catalogue/service";
import type { InvoiceLineFact } from "@/lib/connectors/connector";
import { TEMPLATES } from "@/lib/connectors/templates";
import { write } from "@/lib/db/client";
import { enterInvoices } from "@/lib/imports/enter-invoices";
import type { Created } from "@/lib/imports/entered";
import { undoEntered } from "@/lib/imports/undo-entered";
import { invoiceFilter } from "@/lib/invoices/schema";
import { listInvoices, readInvoice, voidInvoice } from "@/lib/invoices/service";
import { rebuildLedger } from "@/lib/ledger/repost";
import { createRate } from "@/lib/rates/service";
import { someBooks } from "@/lib/testing/books";
import { factsOf, ledgerText, preview } from "@/lib/testing/entering";
import { usd } from "@/lib/testing/invoices";
import { anOrganization } from "@/lib/testing/organization";

const HEADER =
  "service_provider,invoice_number,issue_date,due_date,currency,category,description,period_start,period_end,quantity,unit_price,amount,tax,subscription,plan,api_account";
const SEATS =
  "Anthropic,A-1,2026-10-31,2026-11-30,USD,purchase,Claude Team,2026-10-01,2026-10-31,5,25.00,125.00,26.25,Claude Team,Team Standard,";
const USAGE =
  "anthropic,a-1,2026-10-31,2026-11-30,USD,usage,API usage,2026-10-01,2026-10-31,,,310.40,65.18,,,prod";
const CURSOR = "Cursor,C-1,2026-10-31,,,usage,Overage,2026-10-01,2026-10-31,,,12.34,,,,";

async function books() {
  const ctx = await anOrganization();
  return { ctx, books: await someBooks(ctx) };
}

async function factsOfText(text: string): Promise<InvoiceLineFact[]> {
  const { facts, errors } = await factsOf(text);
  expect(errors).toEqual([]);
  return facts as InvoiceLineFact[];
}

async function enterText(ctx: Ctx, text: string) {
  const facts = await factsOfText(text);
  return await write(ctx, (db) => enterInvoices(db, ctx, facts));
}

const enter = (ctx: Ctx, ...rows: string[]) => enterText(ctx, [HEADER, ...rows].join("\n"));
const undo = (ctx: Ctx, created: readonly Created[]) => write(ctx, (db) => undoEntered(db, ctx, created));
const invoicesOf = async (ctx: Ctx, state?: string) =>
  (await listInvoices(ctx, invoiceFilter.parse({ state }))).data;
const counts = { newRows: 0, changedRows: 0, unchangedRows: 0, errors: [] };

describe("invoices of a file", () => {
  test("are entered, lines of one number as one invoice with one tax", async () => {
    const { ctx } = await books();
    const report = await enter(ctx, SEATS, USAGE, CURSOR);
    expect(report).toMatchObject({
      ...counts,
      newRows: 3,
      created: [{ kind: "invoice" }, { kind: "invoice" }],
    });
    const invoice = await readInvoice(ctx, { id: report.created[0]!.id });
    expect(invoice).toMatchObject({
      number: "A-1",
      type: "invoice",
      issueDate: "2026-10-31",
      dueDate: "2026-11-30",
      billedCost: usd(52_683),
      charges: [
        {
          chargeCategory: "purchase",
          chargePeriod: { start: "2026-10-01", end: "2026-11-01" },
          quantity: "5",
          unitPrice: "25",
          billedCost: usd(12_500),
          subscription: { name: "Claude Team" },
          plan: { name: "Team Standard" },
        },
        { chargeCategory: "usage", billedCost: usd(31_040), apiAccount: { name: "prod" } },
        { chargeCategory: "tax", billedCost: usd(9_143), follows: [] },
      ],
    });
    // Cursor has one contract and no account: nothing is guessed.
    const other = await readInvoice(ctx, { id: report.created[1]!.id });
    expect(other.charges).toMatchObject([{ subscription: null, plan: null, apiAccount: null }]);
    const posted = await ledgerText(ctx);
    await rebuildLedger(ctx);
    expect(await ledgerText(ctx)).toEqual(posted);
  });

  test("change nothing a second time", async () => {
    const { ctx } = await books();
    await enter(ctx, SEATS, USAGE, CURSOR);
    const before = await ledgerText(ctx);
    expect(await enter(ctx, SEATS, USAGE, CURSOR)).toEqual({ ...counts, unchangedRows: 3, created: [] });
    expect(await ledgerText(ctx)).toEqual(before);
    expect(await invoicesOf(ctx)).toHaveLength(2);
  });

  test("of our own template are taken where its names exist", async () => {
    const { ctx } = await books();
    expect(await enterText(ctx, TEMPLATES["invoices.csv"])).toMatchObject({ ...counts, newRows: 2 });
  });

  test("are previewed without a trace", async () => {
    const { ctx } = await books();
    const before = await ledgerText(ctx);
    const facts = await factsOfText([HEADER, SEATS].join("\n"));
    expect(await preview(ctx, (db) => enterInvoices(db, ctx, facts))).toMatchObject({
      ...counts,
      newRows: 1,
    });
    expect([await ledgerText(ctx), await invoicesOf(ctx)]).toEqual([before, []]);
  });

  test("may be in two currencies, where there is a rate", async () => {
    const { ctx } = await books();
    const euro = CURSOR.replace("2026-10-31,,,", "2026-10-31,,EUR,").replace("C-1", "C-2");
    const { errors } = await enter(ctx, CURSOR, euro);
    expect(errors).toEqual([
      { line: 3, column: "currency", message: expect.stringContaining("Enter one in Settings") },
    ]);
    await createRate(ctx, {
      date: "2026-10-30",
      from: "EUR",
      to: "USD",
      rate: "1.1",
      source: "test",
    });
    expect(await enter(ctx, CURSOR, euro)).toMatchObject({ ...counts, newRows: 2 });
    const list = await invoicesOf(ctx);
    expect(list.map(({ billedCost }) => billedCost.currency).sort()).toEqual(["EUR", "USD"]);
    const converted = (await ledgerText(ctx)).filter((entry) => entry.includes('"currency":"EUR"'));
    expect(converted).toHaveLength(1);
    // 12.34 x 1.1 = 13.574
    expect(converted[0]).toContain('"baseCostMinor":"1357"');
  });

  test("may be of thousands of millions in a currency without decimals", async () => {
    const { ctx } = await books();
    await createRate(ctx, { date: "2026-10-30", from: "VND", to: "USD", rate: "0.00004", source: "test" });
    const dong = CURSOR.replace("2026-10-31,,,", "2026-10-31,,VND,").replace("12.34", "2000000000");
    await enter(ctx, dong);
    expect(await invoicesOf(ctx)).toMatchObject([{ billedCost: { minor: 2_000_000_000, currency: "VND" } }]);
  });

  test("of a credit are credit notes", async () => {
    const { ctx } = await books();
    const { created } = await enter(
      ctx,
      CURSOR.replace("usage,Overage", "credit,Refund").replace("12.34", "-12.34"),
    );
    expect(await readInvoice(ctx, { id: created[0]!.id })).toMatchObject({
      type: "credit_note",
      billedCost: usd(-1_234),
    });
  });

  test("that were voided are entered again", async () => {
    const { ctx } = await books();
    const { created } = await enter(ctx, CURSOR);
    await voidInvoice(ctx, { id: created[0]!.id, version: 1, reason: "wrong" });
    expect(await enter(ctx, CURSOR)).toMatchObject({ ...counts, newRows: 1 });
  });

  test("of Xero and of QuickBooks are read alike", async () => {
    const { ctx } = await books();
    await createServiceProvider(ctx, { name: "OpenAI", website: null });
    const xero = [
      "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,Description,*Quantity,*UnitAmount,*AccountCode,*TaxType,TaxAmount,Currency",
      "Anthropic,X-1,31/10/2026,30/11/2026,API usage,3,4.115,463,20%,2.47,USD",
      "Anthropic,X-1,31/10/2026,30/11/2026,API usage,1,10.00,463,20%,2.00,",
    ].join("\n");
    const { created } = await enterText(ctx, xero);
    expect(await readInvoice(ctx, { id: created[0]!.id })).toMatchObject({
      billedCost: usd(1_234 + 1_000 + 447),
      charges: [
        { billedCost: usd(1_234), chargePeriod: { start: "2026-10-01", end: "2026-11-01" } },
        { billedCost: usd(1_000) },
        { chargeCategory: "tax", billedCost: usd(447) },
      ],
    });
    const quickBooks = [
      "RefNumber,Vendor,TxnDate,DueDate,Account,Description,Amount,TaxCode,AmountsInclTax,TaxAmount",
      "Q-1,OpenAI,10/31/2026,11/30/2026,Software,ChatGPT,120.00,S,TaxInclusive,20.00",
    ].join("\n");
    const bill = await enterText(ctx, quickBooks);
    expect(await readInvoice(ctx, { id: bill.created[0]!.id })).toMatchObject({
      billedCost: usd(12_000),
      charges: [{ billedCost: usd(10_000) }, { chargeCategory: "tax", billedCost: usd(2_000) }],
    });
  });

  test("of two thousand lines are entered at once", { timeout: 60_000 }, async () => {
    const { ctx } = await books();
    const rows = Array.from({ length: 2_000 }, (_, i) => CURSOR.replace("C-1", `C-${Math.floor(i / 2)}`));
    expect(await enter(ctx, ...rows)).toMatchObject({ ...counts, newRows: 2_000 });
  });
});

describe("a line at fault", () => {
  test.each([
    { from: "Cursor", to: "Acme", column: "service_provider", says: 'no provider called "Acme"' },
    { from: ",,,,", to: ",,Acme,,", column: "subscription", says: 'no subscription called "Acme"' },
    { from: ",,,,", to: ",,Claude Team,Ultra,", column: "plan", says: 'called "Ultra"' },
    { from: ",,,,", to: ",,,Ultra,", column: "subscription", says: "Name the subscription" },
    { from: ",,,,", to: ",,,,acme", column: "api_account", says: 'no API account called "acme"' },
    { from: "12.34", to: "12.345", column: "amount", says: "USD has 2 decimals" },
    { from: "12.34", to: "99999999999999", column: "amount", says: "" },
    { from: "usage,Overage", to: "credit,Refund", column: "amount", says: "A credit is negative" },
    {
      from: "2026-10-31,,,usage",
      to: "2026-10-31,2026-10-01,,usage",
      column: "due_date",
      says: "before the issue",
    },
  ])("says at $column what is wrong: $says", async ({ from, to, column, says }) => {
    const { ctx } = await books();
    const before = await ledgerText(ctx);
    const report = await enter(ctx, SEATS, CURSOR.replace(from, to));
    expect(report.errors).toEqual([{ line: 3, column, message: expect.stringContaining(says) }]);
    expect([report.created, await ledgerText(ctx), await invoicesOf(ctx)]).toEqual([[], before, []]);
  });

  test("contradicts another line of its invoice", async () => {
    const { ctx } = await books();
    const { errors } = await enter(ctx, SEATS, USAGE.replaceAll("2026-11-30,USD", "2026-12-01,EUR"));
    expect(errors).toEqual([{ line: 3, column: "currency", message: expect.stringContaining("Line 2") }]);
  });

  test("is of an invoice that the books have with another total or date", async () => {
    const { ctx } = await books();
    await enter(ctx, CURSOR);
    expect((await enter(ctx, CURSOR.replace("12.34", "12.35"))).errors).toEqual([
      {
        line: 2,
        column: "amount",
        message: expect.stringContaining("already entered with another total: 12.34 USD, here 12.35 USD"),
      },
    ]);
    expect((await enter(ctx, CURSOR.replace("C-1,2026-10-31", "C-1,2026-11-01"))).errors).toMatchObject([
      { column: "issue_date" },
    ]);
  });

  test("names what only another organization has", async () => {
    await books();
    const stranger = await anOrganization();
    await createServiceProvider(stranger, { name: "Anthropic", website: null });
    const { errors } = await enter(stranger, SEATS, USAGE, CURSOR);
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [2, "subscription"],
      [3, "api_account"],
      [4, "service_provider"],
    ]);
  });
});

describe("undoing", () => {
  test("voids the invoices and gives back the ledger byte for byte", async () => {
    const { ctx } = await books();
    await enter(ctx, CURSOR.replace("C-1", "C-0"));
    const before = await ledgerText(ctx);
    const { created } = await enter(ctx, SEATS, USAGE, CURSOR);
    expect(await ledgerText(ctx)).not.toEqual(before);
    await undo(await anOrganization(), created);
    expect(await invoicesOf(ctx, "void")).toEqual([]);
    await undo(ctx, created);
    expect(await ledgerText(ctx)).toEqual(before);
    const [voided] = await invoicesOf(ctx, "void");
    expect((await readInvoice(ctx, { id: voided!.id })).void?.reason).toBe("import undone");
    await undo(ctx, created);
    expect(await enter(ctx, SEATS, USAGE, CURSOR)).toMatchObject({ ...counts, newRows: 3 });
  });
});
