import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { divideHalfEven, parseDecimal } from "./decimal";
import { SERVICE_TIERS, type ServiceTier, TOKEN_TYPES, type TokenCounts, type TokenType } from "./usage";

/** What a model's tokens cost from a day on, until its next price begins. */
export type ModelPrice = {
  /** As `canonicalModel` writes it. */
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly startsOn: CalendarDate;
  readonly currency: Currency;
  /** Nano-units of the currency a token, as exact decimals: 5.00 a million tokens is "5000". */
  readonly nanoPerToken: Readonly<Record<TokenType, string>>;
};

/** A price made ready for many rows: whole micro-parts of a nano-unit a token. */
type ReadyPrice = {
  readonly startsOn: CalendarDate;
  readonly currency: Currency;
  readonly microPerToken: readonly bigint[];
};

/** The dated prices of one provider, by model and tier. */
export type PriceBook = ReadonlyMap<string, readonly ReadyPrice[]>;

const MICRO_DIGITS = 6;
const MICRO = 1_000_000n;

/** Makes prices ready for looking up. A model that is sold without a batch price of its own costs half in batches. */
export function priceBook(prices: readonly ModelPrice[]): PriceBook {
  const book = new Map<string, ReadyPrice[]>();
  const add = (key: string, price: ReadyPrice) => {
    const list = book.get(key);
    if (list) list.push(price);
    else book.set(key, [price]);
  };
  for (const price of prices) add(keyOf(price.model, price.serviceTier), ready(price));
  for (const { model, serviceTier } of prices) {
    const batch = keyOf(model, "batch");
    if (serviceTier !== "standard" || book.has(batch)) continue;
    for (const price of book.get(keyOf(model, "standard")) ?? []) {
      add(batch, { ...price, microPerToken: price.microPerToken.map((micro) => divideHalfEven(micro, 2n)) });
    }
  }
  for (const list of book.values()) list.sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  return book;
}

/**
 * What tokens cost at the price in force on their day, in nano-units, rounded half to even once for the row.
 *
 * @returns null when the book has no price of the model and tier for that day: price unknown, never 0
 */
export function costOfTokens(
  book: PriceBook,
  {
    model,
    serviceTier,
    day,
    tokens,
  }: { model: string; serviceTier: ServiceTier; day: CalendarDate; tokens: TokenCounts },
): { readonly nano: bigint; readonly currency: Currency } | null {
  const price = book.get(keyOf(model, serviceTier))?.findLast(({ startsOn }) => startsOn <= day);
  if (!price) return null;
  let micro = 0n;
  TOKEN_TYPES.forEach((type, index) => {
    if (tokens[type] > 0) micro += BigInt(tokens[type]) * (price.microPerToken[index] ?? 0n);
  });
  return { nano: divideHalfEven(micro, MICRO), currency: price.currency };
}

/** Dollars a million tokens, as price lists say it, as nano-units a token: "6.25" is "6250". */
export function nanoPerTokenOf(perMillion: string): string | null {
  const decimal = parseDecimal(perMillion);
  if (decimal === null || decimal.digits < 0n) return null;
  // A million tokens at 1.00 are a thousand nano-units a token.
  const digits = decimal.digits * 1_000n;
  if (decimal.scale <= 0) return String(digits * 10n ** BigInt(-decimal.scale));
  const text = String(digits).padStart(decimal.scale + 1, "0");
  const decimals = text.slice(-decimal.scale).replace(/0+$/, "");
  return `${text.slice(0, -decimal.scale)}${decimals === "" ? "" : `.${decimals}`}`;
}

/** Whether a text names a service tier. */
export const isServiceTier = (text: string): text is ServiceTier =>
  (SERVICE_TIERS as readonly string[]).includes(text);

function ready({ startsOn, currency, nanoPerToken }: ModelPrice): ReadyPrice {
  return { startsOn, currency, microPerToken: TOKEN_TYPES.map((type) => microOf(nanoPerToken[type])) };
}

function microOf(nano: string): bigint {
  const decimal = parseDecimal(nano);
  if (decimal === null) return 0n;
  const { digits, scale } = decimal;
  return scale <= MICRO_DIGITS
    ? digits * 10n ** BigInt(MICRO_DIGITS - scale)
    : divideHalfEven(digits, 10n ** BigInt(scale - MICRO_DIGITS));
}

const keyOf = (model: string, tier: ServiceTier): string => `${tier} ${model}`;
