import { type Currency, fractionDigits } from "@/lib/domain/currency";
import { CHARGE_CATEGORIES, type ChargeCategory } from "@/lib/domain/facts";
import { monthOf, periodOfMonth } from "@/lib/domain/month";
import type { Period } from "@/lib/domain/period";

import { currency, optionalText, requiredText, shown } from "./cells";
import { columnsOf, namerOf, present, type RecognisedColumns, type Spellings } from "./columns";
import {
  type CsvConnector,
  type CsvRecord,
  type FileStyle,
  type InvoiceLineFact,
  RowProblem,
} from "./connector";
import { dayAfter, difference, product, styledDay, styledDecimal } from "./styled-cells";

type Column =
  | "service_provider"
  | "invoice_number"
  | "issue_date"
  | "due_date"
  | "currency"
  | "category"
  | "description"
  | "period_start"
  | "period_end"
  | "quantity"
  | "unit_price"
  | "amount"
  | "tax"
  | "subscription"
  | "plan"
  | "api_account"
  | "account"
  | "tax_inclusion";

/** Our own names first, then those of Xero (stars are not looked at) and of QuickBooks Online. */
const SPELLINGS: Spellings<Column> = {
  service_provider: ["provider", "contact name", "vendor", "supplier"],
  invoice_number: ["number", "ref number", "doc number", "bill no", "invoice no"],
  issue_date: ["invoice date", "txn date", "bill date", "date"],
  due_date: [],
  currency: ["currency code"],
  category: ["charge category"],
  description: ["line description", "memo", "private note"],
  period_start: ["charge period start", "service start"],
  period_end: ["charge period end", "service end"],
  quantity: ["qty"],
  unit_price: ["unit amount", "rate"],
  amount: ["line amount"],
  tax: ["tax amount"],
  subscription: ["contract"],
  plan: [],
  api_account: [],
  account: ["account code"],
  tax_inclusion: ["amounts incl tax", "amounts include tax"],
};

const DAYS: readonly Column[] = ["issue_date", "due_date", "period_start", "period_end"];
const AMOUNTS: readonly Column[] = ["quantity", "unit_price", "amount", "tax"];
const XERO = ["contactname", "invoicenumber", "unitamount"];
const QUICKBOOKS = ["vendor", "txndate", "amount"];

/**
 * Invoices, one row for each line: our own template, bills of Xero, or bills of QuickBooks Online. `period_end` is the
 * last day. Bills of accounting systems say neither what a line is nor for which days: it is a purchase (or a credit,
 * if negative) of the month in which it was issued.
 */
export const invoiceLines: CsvConnector = {
  recognise(header): RecognisedColumns<Column> | null {
    const columns = columnsOf(header, SPELLINGS);
    const worth = columns.amount ?? columns.unit_price;
    if (!columns.service_provider || !columns.invoice_number || !columns.issue_date || !worth) return null;
    return {
      format: "invoices",
      version: versionOf(header),
      serviceProvider: null,
      dateColumns: present(columns, DAYS),
      amountColumns: present(columns, AMOUNTS),
      columns,
    };
  },
  open(recognised, { style }) {
    const column = namerOf<Column>(recognised);
    const dated = recognised.dateColumns.includes(column("period_start"));
    return (record) => [lineOf(record, { column, style, dated })];
  },
};

function versionOf(header: readonly string[]): string {
  const names = new Set(header.map((name) => name.toLowerCase().replace(/[^a-z]/g, "")));
  if (XERO.every((name) => names.has(name))) return "Xero";
  return QUICKBOOKS.every((name) => names.has(name)) ? "QuickBooks Online" : "template";
}

type Reading = {
  readonly column: (name: Column) => string;
  readonly style: FileStyle;
  /** Whether the file says for which days a line is. */
  readonly dated: boolean;
};

function lineOf(record: CsvRecord, reading: Reading): InvoiceLineFact {
  const { column, style } = reading;
  const issueDate = styledDay(record, column("issue_date"), style.dateOrder);
  if (issueDate === null)
    throw new RowProblem(column("issue_date"), "This is empty. Fill in the issue date.");
  const inCurrency = currency(record, column("currency"));
  const amounts = amountsOf(record, reading, inCurrency);
  const subscription = optionalText(record, column("subscription"));
  const apiAccount = optionalText(record, column("api_account"));
  const chargeCategory = categoryOf(record, column("category"), {
    amount: amounts.billedCost,
    metered: apiAccount !== null,
  });
  return {
    kind: "invoice_line",
    line: record.line,
    serviceProvider: requiredText(record, column("service_provider")),
    number: requiredText(record, column("invoice_number"), 100),
    issueDate,
    dueDate: styledDay(record, column("due_date"), style.dateOrder),
    currency: inCurrency,
    chargeCategory,
    description: descriptionOf(record, column, chargeCategory),
    chargePeriod:
      periodOf(record, reading, chargeCategory) ?? defaultPeriod(reading, chargeCategory, issueDate),
    ...amounts,
    subscription,
    plan: optionalText(record, column("plan")),
    apiAccount,
  };
}

type Amounts = Pick<InvoiceLineFact, "quantity" | "unitPrice" | "billedCost" | "tax">;

function amountsOf(record: CsvRecord, reading: Reading, inCurrency: Currency | null): Amounts {
  const { column, style } = reading;
  const decimal = (name: Column) => styledDecimal(record, column(name), style.decimalSign);
  const [quantity, unitPrice, tax] = [decimal("quantity"), decimal("unit_price"), decimal("tax")];
  const places = inCurrency === null ? null : fractionDigits(inCurrency);
  const multiplied = unitPrice === null ? null : product(quantity ?? "1", unitPrice, places);
  const amount = decimal("amount") ?? multiplied;
  if (amount === null) {
    throw new RowProblem(column("amount"), "This is empty. Fill in the amount, or quantity and unit price.");
  }
  return { quantity, unitPrice, billedCost: withoutTax(record, column, { amount, tax }), tax };
}

/** What the line costs before its tax; QuickBooks has files whose amounts include it. */
function withoutTax(
  record: CsvRecord,
  column: Reading["column"],
  { amount, tax }: { readonly amount: string; readonly tax: string | null },
): string {
  const inclusion = record.text(column("tax_inclusion"))?.toLowerCase() ?? "";
  if (!/inclusive$/.test(inclusion)) return amount;
  if (tax !== null) return difference(amount, tax);
  throw new RowProblem(
    column("tax_inclusion"),
    "The amount includes tax, but not how much. Add a column TaxAmount, or export the bills as TaxExcluded.",
  );
}

function categoryOf(
  record: CsvRecord,
  column: string,
  { amount, metered }: { readonly amount: string; readonly metered: boolean },
): ChargeCategory {
  const text = record.text(column);
  if (text === null) return amount.startsWith("-") ? "credit" : metered ? "usage" : "purchase";
  const found = CHARGE_CATEGORIES.find((category) => category === text.toLowerCase());
  if (found) return found;
  const message = `"${shown(text)}" is no kind of charge. Use usage, purchase, tax, credit or adjustment.`;
  throw new RowProblem(column, message);
}

function descriptionOf(record: CsvRecord, column: Reading["column"], category: ChargeCategory): string {
  const text =
    optionalText(record, column("description"), 300) ?? optionalText(record, column("account"), 300);
  return text ?? `${category.charAt(0).toUpperCase()}${category.slice(1)}`;
}

function periodOf(record: CsvRecord, reading: Reading, category: ChargeCategory): Period | null {
  const { column, style, dated } = reading;
  const start = styledDay(record, column("period_start"), style.dateOrder);
  const end = dayAfter(record, column("period_end"), style.dateOrder);
  if (start === null && end === null) {
    if (!dated || !isMain(category)) return null;
    throw new RowProblem(column("period_start"), "This is empty. Say from which day this was charged.");
  }
  if (start === null) throw new RowProblem(column("period_start"), "This is empty. Fill in the first day.");
  if (end === null) throw new RowProblem(column("period_end"), "This is empty. Fill in the last day.");
  if (end > start) return { start, end };
  throw new RowProblem(column("period_end"), "The last day is before the first. Correct one of them.");
}

const defaultPeriod = ({ dated }: Reading, category: ChargeCategory, issueDate: string): Period | null =>
  dated || !isMain(category) ? null : periodOfMonth(monthOf(issueDate));

const isMain = (category: ChargeCategory): boolean => category === "usage" || category === "purchase";
