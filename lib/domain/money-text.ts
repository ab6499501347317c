import { type Currency, fractionDigits } from "./currency";
import { type Money, toDecimal } from "./money";

type MoneyTextOptions = {
  /** Adds the currency's code: "4,012.00 USD". A table says its currency once and leaves it out. */
  readonly withCurrency?: boolean;
  /** Shows a plus before a positive amount too, for differences. */
  readonly withSign?: boolean;
};

const MINUS = "−";
const NO_BREAK_SPACE = "\u00a0";

/** An amount for a person to read: the locale's separators, a true minus, all places of its currency. */
export function moneyText(value: Money, locale: string, options: MoneyTextOptions = {}): string {
  const { withCurrency = false, withSign = false } = options;
  const format = decimalFormat(locale, fractionDigits(value.currency));
  // A decimal text, not a number: a double cannot hold the cents of the largest sums.
  const text = format.format(toDecimal(value) as Intl.StringNumericLiteral).replace("-", MINUS);
  const signed = withSign && value.minor > 0 ? `+${text}` : text;
  return withCurrency ? `${signed}${NO_BREAK_SPACE}${value.currency}` : signed;
}

/** A round amount on a chart's axis, as short as it gets: 0, 400, 4k, 1.5M. */
export function axisText(minor: number, currency: Currency, locale: string): string {
  const major = minor / 10 ** fractionDigits(currency);
  const [divisor, unit] = AXIS_UNITS.find(([size]) => Math.abs(major) >= size) ?? [1, ""];
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2, numberingSystem: "latn" });
  return format.format(major / divisor).replace("-", MINUS) + unit;
}

const AXIS_UNITS: readonly (readonly [number, string])[] = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
];

/** Making a formatter costs far more than using it, and a page formats thousands of amounts. */
const formats = new Map<string, Intl.NumberFormat>();

function decimalFormat(locale: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    numberingSystem: "latn",
  });
  formats.set(key, made);
  return made;
}
