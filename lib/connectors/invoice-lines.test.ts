import { describe, expect, test } from "vitest";

import type { Fact, FileStyle, RowError } from "./connector";
import { readCsv, recogniseCsv } from "./csv";
import { TEMPLATES } from "./templates";

const OPEN: FileStyle = { dateOrder: null, decimalSign: null };
const POINT: FileStyle = { dateOrder: null, decimalSign: "point" };

async function readText(text: string, style = OPEN) {
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  const facts: Fact[] = [];
  const errors: RowError[] = [];
  let version = "";
  const batches = readCsv(bytes(), (header) => {
    const found = recogniseCsv(header, "bills.csv")!;
    expect(found.recognised.format).toBe("invoices");
    version = found.recognised.version;
    return found.connector.open(found.recognised, { fileName: "bills.csv", style, owner: null });
  });
  for await (const batch of batches) {
    facts.push(...batch.facts);
    errors.push(...batch.errors);
  }
  return { facts, errors, version };
}

describe("the template of invoices", () => {
  test("is read without errors, the last day of a period as the day after", async () => {
    const { facts, errors, version } = await readText(TEMPLATES["invoices.csv"]);
    expect({ errors, version }).toEqual({ errors: [], version: "template" });
    expect(facts).toEqual([
      {
        kind: "invoice_line",
        line: 2,
        serviceProvider: "Anthropic",
        number: "EXAMPLE-0001",
        issueDate: "2026-10-31",
        dueDate: "2026-11-30",
        currency: "USD",
        chargeCategory: "purchase",
        description: "Claude Team, 5 seats",
        chargePeriod: { start: "2026-10-01", end: "2026-11-01" },
        quantity: "5",
        unitPrice: "25",
        billedCost: "125",
        tax: "26.25",
        subscription: "Claude Team",
        plan: "Team Standard",
        apiAccount: null,
      },
      expect.objectContaining({ line: 3, chargeCategory: "usage", billedCost: "310.4", apiAccount: "prod" }),
    ]);
  });

  const HEADER =
    "Service provider,Invoice number,Issue date,Currency,Category,Description,Period start,Period end,Quantity,Unit price,Amount,Tax";
  const row = (changes: Readonly<Record<number, string | undefined>>) => {
    const cells = [
      "Anthropic",
      "A-1",
      "2026-10-31",
      "USD",
      "usage",
      "API",
      "2026-10-01",
      "2026-10-31",
      "",
      "",
      "1",
      "",
    ];
    return `${HEADER}\n${cells.map((cell, index) => changes[index] ?? cell).join(",")}\n`;
  };

  test.each([
    { name: "a decimal point", amount: "1240.11", sign: null, billedCost: "1240.11" },
    { name: "thousands and a point", amount: '"$1,240.50 "', sign: null, billedCost: "1240.5" },
    { name: "thousands and a comma", amount: '"1.240,50"', sign: null, billedCost: "1240.5" },
    { name: "an eighth", amount: "0.125", sign: null, billedCost: "0.125" },
    { name: "brackets", amount: "(12.50)", sign: null, billedCost: "-12.5" },
    { name: "a settled comma", amount: '"1,240"', sign: "comma" as const, billedCost: "1.24" },
    { name: "a settled point", amount: '"1,240"', sign: "point" as const, billedCost: "1240" },
  ])("reads amounts: $name", async ({ amount, sign, billedCost }) => {
    const { facts } = await readText(row({ 10: amount }), { dateOrder: null, decimalSign: sign });
    expect(facts).toMatchObject([{ billedCost }]);
  });

  test("multiplies where no amount stands", async () => {
    const { facts } = await readText(row({ 8: "3", 9: "0.335", 10: "" }));
    expect(facts).toMatchObject([{ billedCost: "1" }]);
  });

  test.each([
    { changes: { 10: '"1,240"' }, column: "Amount", says: "two ways" },
    { changes: { 10: "" }, column: "Amount", says: "quantity and unit price" },
    { changes: { 10: "twelve" }, column: "Amount", says: "not a number" },
    { changes: { 2: "01/02/2026" }, column: "Issue date", says: "two ways" },
    { changes: { 2: "" }, column: "Issue date", says: "Fill in" },
    { changes: { 3: "Dollar" }, column: "Currency", says: "code like USD" },
    { changes: { 4: "seats" }, column: "Category", says: "purchase" },
    { changes: { 6: "", 7: "" }, column: "Period start", says: "from which day" },
    { changes: { 7: "" }, column: "Period end", says: "last day" },
    { changes: { 7: "2026-09-30" }, column: "Period end", says: "before the first" },
    { changes: { 0: "" }, column: "Service provider", says: "Fill it in" },
    { changes: { 1: "x".repeat(101) }, column: "Invoice number", says: "Shorten" },
  ])("refuses at $column what $says", async ({ changes, column, says }) => {
    const { facts, errors } = await readText(row(changes));
    expect(facts).toEqual([]);
    expect(errors).toEqual([{ line: 2, column, message: expect.stringContaining(says) }]);
  });
});

describe("bills of Xero", () => {
  const HEADER =
    "*ContactName,EmailAddress,POCity,*InvoiceNumber,*InvoiceDate,*DueDate,Total,InventoryItemCode,Description,*Quantity,*UnitAmount,*AccountCode,*TaxType,TaxAmount,TrackingName1,Currency";
  const bill = (quantity: string, unit: string, currency: string) =>
    `"Anthropic, PBC",,,INV-7,31/10/2026,30/11/2026,,,API usage,${quantity},${unit},463,20% (VAT on Expenses),2.05,,${currency}\n`;

  test("are lines whose amount is quantity times unit amount, rounded half to even once", async () => {
    const rows = bill("3", "4.115", "USD") + bill("1", "4.115", "USD") + bill("0.5", "3", "JPY");
    const { facts, version } = await readText(`${HEADER}\n${rows}`, POINT);
    expect(version).toBe("Xero");
    expect(facts).toMatchObject([
      {
        serviceProvider: "Anthropic, PBC",
        number: "INV-7",
        issueDate: "2026-10-31",
        dueDate: "2026-11-30",
        chargeCategory: "purchase",
        chargePeriod: { start: "2026-10-01", end: "2026-11-01" },
        // 12.345 and 4.115: the half goes to the even cent.
        billedCost: "12.34",
        tax: "2.05",
      },
      { billedCost: "4.12" },
      { billedCost: "2" },
    ]);
  });

  test("keep the exact product where they name no currency, and are known without stars", async () => {
    const { facts } = await readText(`${HEADER.replaceAll("*", "")}\n${bill("3", "4.115", "")}`, POINT);
    expect(facts).toMatchObject([{ currency: null, billedCost: "12.345" }]);
  });

  test("have credits where the amount is negative", async () => {
    const { facts } = await readText(`${HEADER}\n${bill("1", "-5.00", "USD")}`);
    expect(facts).toMatchObject([{ chargeCategory: "credit", billedCost: "-5", chargePeriod: null }]);
  });
});

describe("bills of QuickBooks Online", () => {
  const HEADER =
    "RefNumber,Vendor,TxnDate,DueDate,Currency,Account,Description,Amount,TaxCode,AmountsInclTax";
  const bill = (inclusion: string, extra = "") =>
    `B-1,OpenAI,10/31/2026,11/30/2026,USD,Software,,120.00,S,${inclusion}${extra}\n`;

  test("without tax in the amount", async () => {
    const { facts, version } = await readText(`${HEADER}\n${bill("TaxExcluded")}`);
    expect(version).toBe("QuickBooks Online");
    expect(facts).toMatchObject([
      { number: "B-1", serviceProvider: "OpenAI", issueDate: "2026-10-31", description: "Software" },
    ]);
    expect(facts).toMatchObject([{ billedCost: "120", tax: null }]);
  });

  test("with tax in the amount, and beside it", async () => {
    const { facts } = await readText(`${HEADER},TaxAmount\n${bill("TaxInclusive", ",20.00")}`);
    expect(facts).toMatchObject([{ billedCost: "100", tax: "20" }]);
  });

  test("with a tax that nobody can know are refused, and told what to do", async () => {
    const { errors } = await readText(`${HEADER}\n${bill("TaxInclusive")}`);
    expect(errors).toEqual([
      { line: 2, column: "AmountsInclTax", message: expect.stringContaining("Add a column TaxAmount") },
    ]);
  });

  test("may call the number DocNumber", () => {
    const header = ["DocNumber", "Vendor", "TxnDate", "Amount"];
    expect(recogniseCsv(header, "x.csv")?.recognised).toMatchObject({
      version: "QuickBooks Online",
      dateColumns: ["TxnDate"],
      amountColumns: ["Amount"],
    });
  });
});
