import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { costOfTokens, type PriceBook } from "./model-price";
import { NO_TOKENS, type ServiceTier, TOKEN_TYPES, type TokenCounts, type TokenType } from "./usage";

/** Tokens of one model, tier and day, with what they count as. */
export type MixedUse = {
  readonly day: CalendarDate;
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly tokens: TokenCounts;
  readonly costNano: bigint;
  readonly currency: Currency;
};

export type TokenMix = {
  readonly model: string;
  readonly currency: Currency;
  readonly tokens: TokenCounts;
  /** By kind of token, at the list price of each day; null where a day has none. */
  readonly nano: Readonly<Record<TokenType, bigint>> | null;
  /** Of it, what was used in batches, at half price. */
  readonly batchNano: bigint;
  /** All of it, as it counts. */
  readonly costNano: bigint;
};

/**
 * What use is made of: each model's tokens by kind, priced at the list price of each day and tier. The models of the
 * greatest cost come first.
 */
export function tokenMix(book: PriceBook, uses: readonly MixedUse[]): TokenMix[] {
  const groups = Map.groupBy(uses, ({ model, currency }) => `${currency} ${model}`);
  return [...groups.values()]
    .flatMap((of) => {
      const [first] = of;
      return first ? [mixOf(book, first, of)] : [];
    })
    .sort((a, b) => (a.costNano < b.costNano ? 1 : a.costNano > b.costNano ? -1 : 0));
}

function mixOf(book: PriceBook, { model, currency }: MixedUse, of: readonly MixedUse[]): TokenMix {
  const nano = { uncachedInput: 0n, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n, output: 0n };
  let batchNano = 0n;
  let priced = true;
  for (const { day, serviceTier, tokens } of of) {
    for (const type of TOKEN_TYPES) {
      if (tokens[type] === 0) continue;
      const cost = costOfTokens(book, {
        ...{ model, serviceTier, day },
        tokens: { ...NO_TOKENS, [type]: tokens[type] },
      });
      if (cost === null || cost.currency !== currency) priced = false;
      else {
        nano[type] += cost.nano;
        if (serviceTier === "batch") batchNano += cost.nano;
      }
    }
  }
  const tokens = Object.fromEntries(
    TOKEN_TYPES.map((type) => [type, of.reduce((sum, use) => sum + use.tokens[type], 0)]),
  ) as TokenCounts;
  const costNano = of.reduce((sum, use) => sum + use.costNano, 0n);
  return { model, currency, tokens, nano: priced ? nano : null, batchNano, costNano };
}
