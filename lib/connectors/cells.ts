import { type CalendarDate, isCalendarDate } from "@/lib/domain/calendar-date";
import { type Currency, isCurrency } from "@/lib/domain/currency";
import { divideHalfEven, parseDecimal, parseNano } from "@/lib/domain/decimal";
import type { DateOrder, DecimalSign } from "@/lib/domain/file-format";
import { detached } from "@/lib/domain/text";
import type { NanoMoney } from "@/lib/domain/usage";

import { type CsvRecord, RowProblem } from "./connector";

/** Reading typed values out of a record. Each throws `RowProblem` with the column and what to do. */

const COUNT_MAX = 1e15;

/** The text of a column that must be there. */
export function requiredText(record: CsvRecord, column: string, charactersMax = 200): string {
  const text = optionalText(record, column, charactersMax);
  if (text === null) throw new RowProblem(column, "This is empty. Fill it in, or leave the row out.");
  return text;
}

export function optionalText(record: CsvRecord, column: string, charactersMax = 200): string | null {
  const text = record.text(column);
  if (text !== null && text.length > charactersMax) {
    throw new RowProblem(column, `This is longer than ${charactersMax} characters. Shorten it.`);
  }
  return text;
}

/**
 * A whole number that is not negative; 0 where the cell is empty. Thousands separators are understood, and so is a
 * whole number that is written with decimals (`12.0`).
 */
export function count(record: CsvRecord, column: string): number {
  const text = record.text(column);
  if (text === null) return 0;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const plain = text.replace(/,(?=\d{3}(?:\D|$))/g, "");
  const number = /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  if (!(number <= COUNT_MAX))
    throw new RowProblem(column, `"${shown(text)}" is not a count. Use a whole number.`);
  return Math.round(number);
}

/**
 * How many units a cell with decimals stands for, rounded half to even; 0 where the cell is empty.
 *
 * @param multiplier what one of the cell's units is worth: 1000 for a cell that counts thousands
 */
export function quantity(record: CsvRecord, column: string, multiplier = 1): number {
  const text = record.text(column);
  if (text === null) return 0;
  const decimal = parseDecimal(text) ?? parseDecimal(plainDecimal(text, "point") ?? "");
  const units = decimal && wholeUnits(decimal.digits * BigInt(multiplier), decimal.scale);
  if (units === null || Math.abs(units) > COUNT_MAX) {
    throw new RowProblem(column, `"${shown(text)}" is not a quantity. Use a plain number such as 1240.5.`);
  }
  return units;
}

const wholeUnits = (digits: bigint, scale: number): number =>
  Number(scale <= 0 ? digits * 10n ** BigInt(-scale) : divideHalfEven(digits, 10n ** BigInt(scale)));

/**
 * An amount as exports write it: a decimal point, perhaps a currency sign, thousands separators, blanks or brackets
 * around a negative one. Finer than nano-units is rounded half to even.
 *
 * @returns null where the cell is empty
 */
export function amount(
  record: CsvRecord,
  column: string,
  currency: Currency,
  decimalSign: DecimalSign = "point",
): NanoMoney | null {
  const text = record.text(column);
  if (text === null) return null;
  const nano = parseNano(text) ?? parseNano(plainDecimal(text, decimalSign) ?? "");
  if (nano === null) {
    throw new RowProblem(column, `"${shown(text)}" is not an amount. Use a plain number such as 1240.11.`);
  }
  return { nano, currency };
}

/**
 * The amount as a plain decimal with a point: `$10,000.00 ` is `10000.00`, `(12,50)` in comma style is `-12.50`.
 *
 * @returns null when it is not an amount in that style
 */
export function plainDecimal(text: string, decimalSign: DecimalSign): string | null {
  const trimmed = text.trim().replace(/−/g, "-");
  const negative = /^\(.*\)$/.test(trimmed);
  const bare = trimmed
    .replace(/^\(|\)$/g, "")
    .replace(/^([-+]?)\s*(?:[A-Z]{3}|US\$|[$€£¥])\s*/u, "$1")
    .replace(/\s*(?:[A-Z]{3}|[$€£¥])$/u, "");
  const { shape, groups } = STYLES[decimalSign];
  if (!shape.test(bare) || !/\d/.test(bare)) return null;
  const plain = bare.replace(groups, "").replace(",", ".");
  return negative ? `-${plain.replace(/^[-+]/, "")}` : plain;
}

const STYLES: Readonly<Record<DecimalSign, { readonly shape: RegExp; readonly groups: RegExp }>> = {
  point: {
    shape: /^[-+]?(?:\d{1,3}(?:[,’' \u00a0\u202f]\d{3})+|\d*)(?:\.\d*)?$/,
    groups: /[,’' \u00a0\u202f]/g,
  },
  comma: {
    shape: /^[-+]?(?:\d{1,3}(?:[.’' \u00a0\u202f]\d{3})+|\d*)(?:,\d*)?$/,
    groups: /[.’' \u00a0\u202f]/g,
  },
};

/** A day. ISO dates and instants (their UTC day) need no order; others do. */
export function day(record: CsvRecord, column: string, order: DateOrder | null = null): CalendarDate {
  const text = requiredText(record, column);
  const found = readDay(text, order);
  if (found !== null) return found;
  throw new RowProblem(column, `"${shown(text)}" is not a day from 2000 to 2100. Use a day like 2026-03-15.`);
}

const days = new Map<string, CalendarDate | null>();
const DAYS_MAX = 20_000;

/** @returns null when the text is no day that exists, between 2000 and 2100 */
export function readDay(text: string, order: DateOrder | null): CalendarDate | null {
  const key = order === null ? text : `${order} ${text}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const made = readNewDay(text, order);
  if (days.size < DAYS_MAX) days.set(detached(key), made);
  return made;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|[-+]\d{2}:?\d{2})?)?$/;
const SPARSE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?$/;

function readNewDay(text: string, order: DateOrder | null): CalendarDate | null {
  const iso = ISO.exec(text);
  if (iso) return isoDay(iso);
  const sparse = SPARSE.exec(text);
  if (!sparse || order === null) return null;
  const [, first = "", second = "", year = ""] = sparse;
  const [month, dayOfMonth] = order === "month_day" ? [first, second] : [second, first];
  const date = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${dayOfMonth.padStart(2, "0")}`;
  return isCalendarDate(date) ? date : null;
}

/** The UTC day of an ISO date or instant; without a zone it is UTC already, as the providers count. */
function isoDay([
  text,
  date = "",
  hours,
  minutes,
  seconds = "00",
  zone = "Z",
]: RegExpExecArray): CalendarDate | null {
  if (!isCalendarDate(date)) return null;
  if (hours === undefined) return date;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  if (zone === "Z" || zone === "UTC") return date;
  const instant = Date.parse(text.replace(" ", "T").replace(/\s+/g, ""));
  if (Number.isNaN(instant)) return null;
  const utc = new Date(instant).toISOString().slice(0, 10);
  return isCalendarDate(utc) ? utc : null;
}

/** Whether a date in this style could be read in more than one order. */
export function datePartsOf(text: string): { readonly first: number; readonly second: number } | null {
  const sparse = SPARSE.exec(text);
  return sparse ? { first: Number(sparse[1]), second: Number(sparse[2]) } : null;
}

export function currency(record: CsvRecord, column: string): Currency | null {
  const text = record.text(column);
  if (text === null) return null;
  const code = text.toUpperCase();
  if (isCurrency(code)) return code;
  throw new RowProblem(column, `"${shown(text)}" is not a currency. Use a code like USD.`);
}

/** A cell in a message: short, on one line. */
export const shown = (text: string): string =>
  text.replace(/\s+/g, " ").slice(0, 40) + (text.length > 40 ? "…" : "");
