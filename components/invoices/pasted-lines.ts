import { BLANK_LINE, type LineValues } from "@/components/invoices/invoice-values";
import type { ComboboxOption } from "@/components/ui/combobox-match";
import { fold } from "@/components/ui/combobox-match";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import { parseTypedAmount } from "@/lib/domain/typed-amount";
import { parseTypedPeriod } from "@/lib/domain/typed-period";

/** What a block copied from a spreadsheet came to. */
export type PastedLines = {
  readonly lines: readonly LineValues[];
  /** Rows without an amount that can be read, as they were. */
  readonly unreadable: readonly string[];
};

type Known = {
  readonly currency: Currency;
  readonly locale: string;
  readonly today: CalendarDate;
  readonly targets: readonly ComboboxOption[];
};

const TAX = /\b(tax|vat|gst|mwst|ust|iva|tva)\b/i;
const WIDTH_MAX = 300;

/** Whether pasted text is a block: rows or cells, not one value. */
export const isBlock = (text: string): boolean => /[\t\r\n]/.test(text.trim());

/**
 * Reads rows of a spreadsheet as lines: the last cell that is an amount, the first that is words, a whole number between
 * as seats, a period wherever it stands, and the contract or account that a cell names.
 */
export function readPastedLines(text: string, known: Known): PastedLines {
  const lines: LineValues[] = [];
  const unreadable: string[] = [];
  for (const row of text.split(/\r\n|\r|\n/)) {
    const cells = row
      .split("\t")
      .map((cell) => cell.trim())
      .filter((cell) => cell !== "");
    if (cells.length === 0) continue;
    const line = lineOf(cells, known);
    if (line) lines.push(line);
    else unreadable.push(cells.join(" "));
  }
  // A first row without an amount is the table's head.
  return {
    lines,
    unreadable: lines.length > 0 && unreadable.length > 0 && isHead(text) ? unreadable.slice(1) : unreadable,
  };
}

const isHead = (text: string): boolean => !/\d/.test(text.split(/[\r\n]/, 1)[0] ?? "");

function lineOf(cells: readonly string[], { currency, locale, today, targets }: Known): LineValues | null {
  const amountAt = cells.findLastIndex(
    (cell) => "value" in parseTypedAmount(cell, currency, locale) && /\d/.test(cell),
  );
  const typed = parseTypedAmount(cells[amountAt] ?? "", currency, locale);
  if (amountAt < 0 || !("value" in typed)) return null;

  const rest = cells.filter((_, index) => index !== amountAt);
  const words = rest.find((cell) => /\p{L}/u.test(cell) && periodOf(cell, today) === null) ?? "";
  const period = rest.map((cell) => periodOf(cell, today)).find((one) => one !== null) ?? null;
  const target = targets.find(({ label }) => rest.some((cell) => fold(cell) === fold(label)))?.value ?? null;
  const tax = TAX.test(words);
  const credit = typed.value.minor < 0 && !tax;
  return {
    ...BLANK_LINE,
    description: words.slice(0, WIDTH_MAX),
    chargeCategory: tax ? "tax" : credit ? "credit" : target?.startsWith("account") ? "usage" : "purchase",
    chargePeriod: period,
    quantity: rest.find((cell) => /^\d{1,6}$/.test(cell)) ?? "",
    billedCost: typed.value,
    target,
  };
}

function periodOf(cell: string, today: CalendarDate) {
  // A bare number is seats or a price; a period has a month's name or a dash in it.
  if (!/\p{L}{3}|-|–/u.test(cell) || /^-?[\d.,\s]+$/.test(cell)) return null;
  const typed = parseTypedPeriod(cell, today);
  return "value" in typed ? typed.value : null;
}
