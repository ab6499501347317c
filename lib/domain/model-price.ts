import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { divideHalfEven, parseDecimal } from "./decimal";
import { invariant } from "./errors";
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

/** A price made ready for many rows: whole parts of a nano-unit a token, in the order of `TOKEN_TYPES`. */
type ReadyPrice = {
  readonly startsOn: CalendarDate;
  readonly currency: Currency;
  readonly partsPerToken: readonly bigint[];
  /** The same in whole nano-units, where all are; plain numbers, since a million rows are priced in one go. */
  readonly nanoPerToken: readonly number[] | null;
};

/** The dated prices of one provider, by model and tier. */
export type PriceBook = ReadonlyMap<string, readonly ReadyPrice[]>;

/** A price has six decimals of a nano-unit; its half, in a batch, one more. */
const PART_DIGITS = 7;
const PARTS = 10n ** BigInt(PART_DIGITS);

/**
 * Makes prices ready for looking up. A model costs half in batches, until the day from which it has a batch price of its
 * own.
 */
export function priceBook(prices: readonly ModelPrice[]): PriceBook {
  const book = new Map<string, ReadyPrice[]>();
  const byModelAndTier = Map.groupBy(prices, ({ model, serviceTier }) => keyOf(model, serviceTier));
  for (const [key, list] of byModelAndTier) book.set(key, list.map(ready).sort(byStart));
  for (const model of new Set(prices.map((price) => price.model))) {
    const own = book.get(keyOf(model, "batch")) ?? [];
    const [first] = own;
    const standard = book.get(keyOf(model, "standard")) ?? [];
    const halves = standard.map(half).filter(({ startsOn }) => !first || startsOn < first.startsOn);
    book.set(keyOf(model, "batch"), [...halves, ...own]);
  }
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
  const { nanoPerToken, currency } = price;
  if (nanoPerToken) {
    let nano = 0;
    for (let index = 0; index < TOKEN_TYPES.length; index++) {
      nano += tokens[TOKEN_TYPES[index] as TokenType] * (nanoPerToken[index] ?? 0);
    }
    // Nothing is negative: where the sum is exact, so was each part of it.
    if (Number.isSafeInteger(nano)) return { nano: BigInt(nano), currency };
  }
  let parts = 0n;
  TOKEN_TYPES.forEach((type, index) => {
    if (tokens[type] > 0) parts += BigInt(tokens[type]) * (price.partsPerToken[index] ?? 0n);
  });
  return { nano: divideHalfEven(parts, PARTS), currency };
}

/**
 * What one token of each kind costs on a day, in parts of a nano-unit as fine as every price is kept.
 *
 * @returns null when the book has no price of the model and tier for that day
 */
export function tokenPrices(
  book: PriceBook,
  { model, serviceTier, day }: { model: string; serviceTier: ServiceTier; day: CalendarDate },
): { readonly parts: Readonly<Record<TokenType, bigint>>; readonly currency: Currency } | null {
  const price = book.get(keyOf(model, serviceTier))?.findLast(({ startsOn }) => startsOn <= day);
  if (!price) return null;
  const parts = Object.fromEntries(
    TOKEN_TYPES.map((type, index) => [type, price.partsPerToken[index] ?? 0n]),
  ) as Record<TokenType, bigint>;
  return { parts, currency: price.currency };
}

/** The models that a book has prices of. */
export const pricedModels = (book: PriceBook): string[] => [
  ...new Set([...book.keys()].map((key) => key.slice(key.indexOf(" ") + 1))),
];

/** Dollars a million tokens, as price lists say it, as nano-units a token: "6.25" is "6250". */
export function nanoPerTokenOf(perMillion: string): string | null {
  const decimal = parseDecimal(perMillion);
  if (decimal === null || decimal.digits < 0n) return null;
  return plainDecimal(decimal.digits, decimal.scale - NANO_PER_MILLIONTH_DIGITS);
}

/** The same the other way: nano-units a token as what a million tokens cost: "6250" is "6.25". */
export function perMillionOf(nanoPerToken: string): string {
  const decimal = parseDecimal(nanoPerToken);
  invariant(decimal !== null, `"${nanoPerToken}" is a decimal`);
  return plainDecimal(decimal.digits, decimal.scale + NANO_PER_MILLIONTH_DIGITS);
}

/** Whether a text is a price a million tokens that is kept without rounding. */
export const isPricePerMillion = (text: string): boolean => /^(0|[1-9]\d{0,6})(\.\d{1,9})?$/.test(text);

/** A million tokens at 1.00 are a thousand nano-units a token. */
const NANO_PER_MILLIONTH_DIGITS = 3;

/** `digits` of `10 ** -scale` as text, without zeros at the end. */
function plainDecimal(digits: bigint, scale: number): string {
  if (scale <= 0) return String(digits * 10n ** BigInt(-scale));
  const text = String(digits).padStart(scale + 1, "0");
  const decimals = text.slice(-scale).replace(/0+$/, "");
  return `${text.slice(0, -scale)}${decimals === "" ? "" : `.${decimals}`}`;
}

/** Whether a text names a service tier. */
export const isServiceTier = (text: string): text is ServiceTier =>
  (SERVICE_TIERS as readonly string[]).includes(text);

const byStart = (a: ReadyPrice, b: ReadyPrice): number => (a.startsOn < b.startsOn ? -1 : 1);

function ready({ startsOn, currency, nanoPerToken }: ModelPrice): ReadyPrice {
  const partsPerToken = TOKEN_TYPES.map((type) => partsOf(nanoPerToken[type]));
  return { startsOn, currency, partsPerToken, nanoPerToken: wholeNano(partsPerToken) };
}

function half(price: ReadyPrice): ReadyPrice {
  const partsPerToken = price.partsPerToken.map((parts) => divideHalfEven(parts, 2n));
  return { ...price, partsPerToken, nanoPerToken: wholeNano(partsPerToken) };
}

const wholeNano = (partsPerToken: readonly bigint[]): number[] | null =>
  partsPerToken.every((parts) => parts % PARTS === 0n)
    ? partsPerToken.map((parts) => Number(parts / PARTS))
    : null;

function partsOf(nano: string): bigint {
  const decimal = parseDecimal(nano);
  invariant(decimal !== null, `"${nano}" is a decimal`);
  const { digits, scale } = decimal;
  return scale <= PART_DIGITS
    ? digits * 10n ** BigInt(PART_DIGITS - scale)
    : divideHalfEven(digits, 10n ** BigInt(scale - PART_DIGITS));
}

const keyOf = (model: string, tier: ServiceTier): string => `${tier} ${model}`;
