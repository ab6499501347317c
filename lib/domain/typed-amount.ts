import { type Currency, fractionDigits, isCurrency } from "./currency";
import { INPUT_MINOR_MAX, type Money, money } from "./money";
import { settle, type Typed } from "./typed-input";

/** Signs that people write for currencies; some stand for several. */
const SYMBOLS: Readonly<Record<string, readonly Currency[]>> = {
  $: ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS"],
  US$: ["USD"],
  C$: ["CAD"],
  CA$: ["CAD"],
  A$: ["AUD"],
  NZ$: ["NZD"],
  S$: ["SGD"],
  HK$: ["HKD"],
  R$: ["BRL"],
  "€": ["EUR"],
  "£": ["GBP"],
  "¥": ["JPY", "CNY"],
  "₹": ["INR"],
  "₩": ["KRW"],
  "₺": ["TRY"],
  "₪": ["ILS"],
  "₴": ["UAH"],
  ZŁ: ["PLN"],
  KR: ["SEK", "NOK", "DKK", "ISK"],
  KČ: ["CZK"],
};

/** Longer than any amount, short enough that no text takes long to refuse. */
const TEXT_LENGTH_MAX = 60;

const SHAPE = new RegExp(
  "^(?<open>\\()?(?<sign>[-−+])?\\s*(?<before>[\\p{L}\\p{Sc}]+)?\\s*(?<innerSign>[-−+])?\\s*" +
    "(?<number>[\\d.,'’\\s]*\\d[.,]?)(?<thousand>k(?!\\p{L}))?\\s*(?<after>[\\p{L}\\p{Sc}]+)?\\s*" +
    "(?<trailingSign>[-−])?(?<close>\\))?$",
  "iu",
);

/**
 * Reads an amount as people type it: `25`, `$25`, `1.240,11`, `1,240.11`, `1 240,11`, `(12.50)`, `1.5k`, `80 EUR`.
 *
 * One lone separator before three digits (`1.240`) is a thousand to one reader and one and a bit to another. The
 * reader's locale decides where the currency has a place for it; without that, both readings come back as choices.
 *
 * @param locale whose separators decide, for example "de-DE"; leave it out for text of unknown origin
 */
export function parseTypedAmount(text: string, currency: Currency, locale?: string): Typed<Money> {
  const parts = text.length > TEXT_LENGTH_MAX ? null : SHAPE.exec(text.normalize("NFKC").trim())?.groups;
  if (!parts?.number || (parts.open === undefined) !== (parts.close === undefined)) {
    return refused("Type an amount, like 1240.11.");
  }
  for (const unit of [parts.before, parts.after]) {
    const mismatch = unit && unitMismatch(unit, currency);
    if (mismatch) return refused(mismatch);
  }
  const signs = [parts.open, parts.sign, parts.innerSign, parts.trailingSign].filter(
    (sign) => sign !== undefined,
  );
  if (signs.length > 1) return refused("Type one sign only.");

  const sign = signs.length === 1 && signs[0] !== "+" ? -1 : 1;
  const shift = parts.thousand ? 3 : 0;
  const digits = fractionDigits(currency);
  const readings = readingsOf(parts.number, digits + shift, locale);
  if (readings === null) return refused("Check the separators: group thousands by three, like 1,240.11.");

  const amounts = readings.flatMap((reading) => toMinor(reading, digits, shift) ?? []);
  if (amounts.some((minor) => minor > INPUT_MINOR_MAX))
    return refused("This amount is larger than one entry may be.");
  const settled = settle(amounts, "This can be read in two ways. Which is it?", tooFine(currency, digits));
  if ("value" in settled && readings.length === 1) return { value: money(sign * settled.value, currency) };
  const choices = "value" in settled ? [settled.value] : settled.choices;
  return {
    reason: "value" in settled ? `${tooFine(currency, digits)} Is it this?` : settled.reason,
    choices: choices.map((minor) => money(sign * minor, currency)),
  };
}

type Reading = { readonly whole: string; readonly decimals: string };

/** How the figures can be read; null when their separators fit no way of writing a number. */
function readingsOf(number: string, places: number, locale: string | undefined): readonly Reading[] | null {
  const signs = number.match(/[.,]/g) ?? [];
  const decimalSign = signs.at(-1);
  if (decimalSign === undefined) return only(grouped(number, ""));

  const decimal = decimalReading(number, decimalSign);
  const group = only(grouped(number, decimalSign));
  if (signs.length > 1) return new Set(signs).size > 1 ? decimal : group;
  if (decimal === null || group === null || !/^[1-9]\d{0,2}[.,]\d{3}$/.test(number)) return decimal;

  const written = locale === undefined ? null : separatorsOf(locale);
  if (written?.group === decimalSign) return group;
  if (written?.decimal === decimalSign && places >= 3) return decimal;
  return [...group, ...decimal];
}

function decimalReading(number: string, decimalSign: string): readonly Reading[] | null {
  const at = number.lastIndexOf(decimalSign);
  const decimals = number.slice(at + 1);
  if (number.indexOf(decimalSign) !== at || !/^\d*$/.test(decimals)) return null;
  const whole =
    at === 0 ? { whole: "0", decimals: "" } : grouped(number.slice(0, at), decimalSign === "." ? "," : ".");
  return whole && [{ whole: whole.whole, decimals }];
}

/** A whole number, plain or with its thousands set apart (by three, or as in India by two after the first three). */
function grouped(text: string, separator: string): Reading | null {
  const plain = text.replace(/['’\s]/g, " ");
  const marks = separator === "" ? " " : `${separator === "." ? "\\." : separator} `;
  if (/^\d+$/.test(plain)) return { whole: plain, decimals: "" };
  const shape = new RegExp(`^\\d{1,3}(?:([${marks}])\\d{3})(?:\\1\\d{3})*$|^\\d{1,2}(?:,\\d{2})+,\\d{3}$`);
  return shape.test(plain) ? { whole: plain.replace(/\D/g, ""), decimals: "" } : null;
}

function only(reading: Reading | null): readonly Reading[] | null {
  return reading && [reading];
}

/** The reading in minor units, or null when it is finer than the currency's smallest unit. */
function toMinor({ whole, decimals }: Reading, digits: number, shift: number): number | null {
  const places = digits + shift;
  if (/[1-9]/.test(decimals.slice(places))) return null;
  return Number(whole + decimals.slice(0, places).padEnd(places, "0"));
}

function unitMismatch(unit: string, currency: Currency): string | null {
  const code = unit.toUpperCase();
  const meant = SYMBOLS[code] ?? (isCurrency(code) ? [code] : null);
  if (meant === null) return `"${unit}" is not a currency. Type the number alone.`;
  return meant.includes(currency) ? null : `This amount is in ${currency}, not ${unit}.`;
}

function separatorsOf(locale: string): { readonly group: string; readonly decimal: string } {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(1_234_567.5);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { group: sign("group"), decimal: sign("decimal") };
}

function tooFine(currency: Currency, digits: number): string {
  return digits === 0 ? `${currency} has no decimals.` : `${currency} has ${digits} decimals.`;
}

function refused(reason: string): Typed<never> {
  return { reason, choices: [] };
}
