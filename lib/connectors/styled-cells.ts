import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import { divideHalfEven, parseDecimal } from "@/lib/domain/decimal";
import type { DateOrder, DecimalSign } from "@/lib/domain/file-format";

import { datePartsOf, day, plainDecimal, shown } from "./cells";
import { type CsvRecord, RowProblem } from "./connector";

/** Reading cells that people write in the style of their country: days and amounts. */

/**
 * A day, ISO or in the file's order. Where the order is not settled, a day that can be read in one way only is taken.
 *
 * @returns null where the cell is empty
 */
export function styledDay(record: CsvRecord, column: string, order: DateOrder | null): CalendarDate | null {
  const text = record.text(column);
  if (text === null) return null;
  return day(record, column, order ?? orderOf(text, column));
}

/**
 * The first day after a last day, as the domain counts periods.
 *
 * @returns null where the cell is empty
 */
export function dayAfter(record: CsvRecord, column: string, order: DateOrder | null): CalendarDate | null {
  const last = styledDay(record, column, order);
  return last === null ? null : addDays(last, 1);
}

/** The only order in which the text is a day; whoever writes dots writes the day first. */
function orderOf(text: string, column: string): DateOrder | null {
  const parts = datePartsOf(text);
  if (parts === null) return null;
  const { first, second } = parts;
  if (first > 12 || first === second || text.includes(".")) return "day_month";
  if (second > 12) return "month_day";
  const message = `"${shown(text)}" can be read in two ways. Say whether the day or the month comes first, or use a day like 2026-03-15.`;
  throw new RowProblem(column, message);
}

/**
 * A number as a plain decimal without superfluous zeros: `$1,240.50` is `1240.5`. Where the decimal sign is not
 * settled, a number that can be read in one way only is taken.
 *
 * @returns null where the cell is empty
 */
export function styledDecimal(record: CsvRecord, column: string, sign: DecimalSign | null): string | null {
  const text = record.text(column);
  if (text === null) return null;
  const decimal = parseDecimal(sign === null ? readOneWay(text, column) : (plainDecimal(text, sign) ?? ""));
  if (decimal === null) {
    throw new RowProblem(column, `"${shown(text)}" is not a number. Use a plain number such as 1240.11.`);
  }
  return decimalText(decimal.digits, decimal.scale);
}

function readOneWay(text: string, column: string): string {
  const [point, comma] = [plainDecimal(text, "point"), plainDecimal(text, "comma")];
  if (point === null || comma === null || point === comma) return point ?? comma ?? "";
  // Nobody groups thousands after a zero: 0.125 is an eighth.
  if (/^\D*0/.test(text)) return text.includes(",") ? comma : point;
  const message = `"${shown(text)}" can be read in two ways. Say whether a point or a comma stands before the decimals, or write it without separators.`;
  throw new RowProblem(column, message);
}

/** `a × b` exactly; rounded half to even to so many places where a number of places is given. */
export function product(a: string, b: string, places: number | null): string {
  const [left, right] = [exact(a), exact(b)];
  const [digits, scale] = [left.digits * right.digits, left.scale + right.scale];
  if (places === null || scale <= places) return decimalText(digits, scale);
  return decimalText(divideHalfEven(digits, 10n ** BigInt(scale - places)), places);
}

/** `a − b` exactly. */
export function difference(a: string, b: string): string {
  const [left, right] = [exact(a), exact(b)];
  const scale = Math.max(left.scale, right.scale);
  const at = ({ digits, scale: own }: { digits: bigint; scale: number }) =>
    digits * 10n ** BigInt(scale - own);
  return decimalText(at(left) - at(right), scale);
}

function exact(text: string): { readonly digits: bigint; readonly scale: number } {
  const decimal = parseDecimal(text);
  if (decimal === null) throw new RowProblem(null, `"${shown(text)}" has too many digits. Shorten it.`);
  return decimal;
}

function decimalText(digits: bigint, scale: number): string {
  const whole = scale < 0 ? digits * 10n ** BigInt(-scale) : digits;
  const places = Math.max(0, scale);
  const plain = String(whole < 0n ? -whole : whole).padStart(places + 1, "0");
  const decimals = plain.slice(plain.length - places).replace(/0+$/, "");
  const sign = whole < 0n ? "-" : "";
  return `${sign}${plain.slice(0, plain.length - places)}${decimals === "" ? "" : `.${decimals}`}`;
}
