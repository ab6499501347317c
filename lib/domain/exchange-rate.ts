import { addDays, type CalendarDate } from "./calendar-date";
import { type Currency, fractionDigits } from "./currency";
import { divideHalfEven as roundedQuotient } from "./decimal";
import { DomainError } from "./errors";
import { divideHalfEven, type Money, money } from "./money";

/** One unit of `from` buys `rate` units of `to`, as published for `date`. */
export type ExchangeRate = {
  readonly date: CalendarDate;
  readonly from: Currency;
  readonly to: Currency;
  /** Decimal text above zero, for example "1.0842". */
  readonly rate: string;
};

/** A rate older than this is no rate: banks publish none on Sundays and holidays, but never pause for a week. */
export const RATE_AGE_DAYS_MAX = 7;

/** Whether the text is a decimal above zero with at most 12 places before and after the point. */
export function isRateText(text: string): boolean {
  return /^(0|[1-9]\d{0,11})(\.\d{1,12})?$/.test(text) && /[1-9]/.test(text);
}

/** A rate as people type it, a decimal comma or zeros around it included, as the decimal text that is meant. */
export function rateTextOf(typed: string): string {
  const [whole = "", decimals = ""] = typed
    .trim()
    .replace(",", ".")
    .split(/\.(.*)/s);
  const fraction = decimals.replace(/0+$/, "");
  return (whole.replace(/^0+(?=\d)/, "") || "0") + (fraction && `.${fraction}`);
}

const RATE_PLACES = 12n;

/**
 * What one unit of a currency buys of another, where both are published for one unit of a third: exactly, rounded
 * half to even to twelve places.
 *
 * @param published for one unit of the third currency, as decimal text
 * @returns null when it is more, or finer, than a rate can be
 */
export function crossRate(published: { readonly from: string; readonly to: string }): string | null {
  const [from, to] = [wholeOf(published.from), wholeOf(published.to)];
  // to / from, with twelve places more than a whole number has.
  const places = RATE_PLACES + BigInt(from.places - to.places);
  const [dividend, divisor] =
    places < 0n ? [to.digits, from.digits * 10n ** -places] : [to.digits * 10n ** places, from.digits];
  const digits = String(roundedQuotient(dividend, divisor)).padStart(Number(RATE_PLACES) + 1, "0");
  const fraction = digits.slice(-Number(RATE_PLACES)).replace(/0+$/, "");
  const text = digits.slice(0, -Number(RATE_PLACES)) + (fraction && `.${fraction}`);
  return isRateText(text) ? text : null;
}

function wholeOf(rate: string): { readonly digits: bigint; readonly places: number } {
  const [whole = "0", decimals = ""] = rate.split(".");
  return { digits: BigInt(whole + decimals), places: decimals.length };
}

/**
 * The rate that counts on `date`: the last one published on or before it, at most seven days old.
 *
 * @param rates in any order; only those from `from` to `to` are looked at
 * @returns null when there is none
 */
export function findRate(
  rates: readonly ExchangeRate[],
  { from, to, date }: { from: Currency; to: Currency; date: CalendarDate },
): ExchangeRate | null {
  const oldest = addDays(date, -RATE_AGE_DAYS_MAX);
  let found: ExchangeRate | null = null;
  for (const rate of rates) {
    if (rate.from !== from || rate.to !== to || rate.date > date || rate.date < oldest) continue;
    if (found === null || rate.date > found.date) found = rate;
  }
  return found;
}

/** @throws DomainError `rate_missing`, naming the date and the pair */
export function requireRate(
  rates: readonly ExchangeRate[],
  wanted: { from: Currency; to: Currency; date: CalendarDate },
): ExchangeRate {
  const rate = findRate(rates, wanted);
  if (rate) return rate;
  throw new DomainError(
    "rate_missing",
    `There is no ${wanted.from} to ${wanted.to} rate of ${wanted.date} or the ${RATE_AGE_DAYS_MAX} days before. Enter one in Settings, Exchange rates.`,
    { fields: { exchangeRate: `${wanted.from} to ${wanted.to} on ${wanted.date}` } },
  );
}

/** The largest converted amount, either sign: what an invoice's lines come to stays a safe integer. */
const CONVERTED_MINOR_MAX = 10_000_000_000_000n;

/**
 * The amount in the rate's target currency, rounded once to its smallest unit, half to even.
 *
 * @throws DomainError `invalid_input`, when it is more than the books can hold
 */
export function convert(amount: Money, { rate, to }: Pick<ExchangeRate, "rate" | "to">): Money {
  const [whole = "0", decimals = ""] = rate.split(".");
  const scaled = BigInt(whole + decimals);
  const places = decimals.length + fractionDigits(amount.currency) - fractionDigits(to);
  const numerator = BigInt(amount.minor) * scaled * (places < 0 ? 10n ** BigInt(-places) : 1n);
  const denominator = places > 0 ? 10n ** BigInt(places) : 1n;
  const size = numerator < 0n ? -numerator : numerator;
  if (size > CONVERTED_MINOR_MAX * denominator) {
    const message = `At ${rate} ${to} for one ${amount.currency} an amount is more than the books can hold.`;
    throw new DomainError("invalid_input", message, { fields: { exchangeRate: message } });
  }
  return money(divideHalfEven(numerator, denominator), to);
}
