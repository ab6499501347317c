import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { divideHalfEven } from "./decimal";
import { type PriceBook, tokenPrices } from "./model-price";
import { type Month, monthsBetween } from "./month";
import type { CacheChange, GrowthChange, ModelPriceChange, UseChange } from "./scenario";
import { type ServiceTier, TOKEN_TYPES, type TokenCounts, type TokenType } from "./usage";

/** What an account used lately of one model and tier, with what it cost. */
export type UsedModel = {
  /** As its provider's; empty where the source does not say. */
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly currency: Currency;
  readonly tokens: TokenCounts;
  readonly costNano: bigint;
};

/** Whose use it is: the account with those above it, the product that it counts for, and the month. */
export type UsePlace = {
  readonly lineage: readonly string[];
  readonly productId: string | null;
  readonly month: Month;
};

/** A factor of one. Factors are whole numbers of its millionth millionths, rounded half to even. */
export const ONE = 1_000_000_000_000n;

export type UseFactor = {
  /** By what the cost changes. */
  readonly factor: bigint;
  /** The models on which a change could not be told: they, or what they go to, have no list price. */
  readonly unpriced: readonly string[];
  /** Changes of the mix could not be told at all: no use by model is known. */
  readonly noUse: boolean;
};

/**
 * By what the metered cost of a place changes. The mix of what was used lately is priced at list prices of a day as it is
 * and as it would be; each model's real cost changes in that proportion, so that a price of one's own stays one. On the
 * mix, changes count like this, in whatever order they stand: a part of the uncached input is read from a cache; of each
 * model a part goes to others, always of what it was at first; of what is served at once a part is served in batches; and
 * the prices of models change. Parts that come to more than the whole are each taken in their proportion. Growth
 * multiplies the result.
 *
 * @param changes as `settledChanges` has them; those of other places and later months are left out
 */
export function factorOfUse(
  mix: readonly UsedModel[],
  changes: readonly UseChange[],
  { place, book, day }: { place: UsePlace; book: PriceBook; day: CalendarDate },
): UseFactor {
  const own = changes.filter((change) => isAt(change, place));
  if (own.length === 0) return { factor: ONE, unpriced: [], noUse: false };
  const { factor, unpriced } = mixFactor(mix, own, { book, day });
  const noUse = mix.length === 0 && own.some(({ kind }) => kind !== "growth");
  const growth = growthFactor(
    own.filter((change) => change.kind === "growth"),
    place.month,
  );
  return { factor: divideHalfEven(factor * growth, ONE), unpriced, noUse };
}

function isAt(change: UseChange, { lineage, productId, month }: UsePlace): boolean {
  if (change.from > month) return false;
  if (change.kind === "model_price") return true;
  const ofProduct = change.productId === null || change.productId === productId;
  if (change.kind === "growth") return ofProduct;
  return ofProduct && (change.apiAccountId === null || lineage.includes(change.apiAccountId));
}

/** Once, or for each month from the first on: 5 % a month is 10.25 % in the second. */
function growthFactor(changes: readonly GrowthChange[], month: Month): bigint {
  let [numerator, denominator] = [1n, 1n];
  for (const { percent, every, from } of changes) {
    const times = every === "once" ? 1 : monthsBetween(from, month).length;
    numerator *= BigInt(100 + percent) ** BigInt(times);
    denominator *= 100n ** BigInt(times);
  }
  return divideHalfEven(numerator * ONE, denominator);
}

type Prices = { readonly book: PriceBook; readonly day: CalendarDate };

function mixFactor(mix: readonly UsedModel[], changes: readonly UseChange[], prices: Prices) {
  const whole = mix.reduce((sum, { costNano }) => sum + costNano, 0n);
  const unpriced = new Set<string>();
  let changed = 0n;
  for (const used of mix) {
    const cost = changedCost(used, changes, prices);
    if (cost === null) unpriced.add(used.model);
    changed += cost ?? used.costNano;
  }
  const factor = whole > 0n && changed >= 0n ? divideHalfEven(changed * ONE, whole) : ONE;
  return { factor, unpriced: [...unpriced].sort() };
}

/** What one model's use would have cost, in nano-units; null where a price is not known. */
function changedCost(
  { model, serviceTier, currency, tokens, costNano }: UsedModel,
  changes: readonly UseChange[],
  { book, day }: Prices,
): bigint | null {
  const swaps = changes.filter((change) => change.kind === "model").filter((one) => one.model === model);
  const caches = changes.filter((change) => change.kind === "cache");
  const batches = serviceTier === "standard" ? changes.filter((change) => change.kind === "batch") : [];
  const priced = changes.filter((change) => change.kind === "model_price");
  const named = [model, ...swaps.map(({ toModel }) => toModel)];
  const touched =
    swaps.length + caches.length + batches.length > 0 || priced.some((one) => named.includes(one.model));
  if (!touched) return costNano;

  const before = weighed(tokens);
  const after = cached(before, caches);
  const goes = parts(swaps.map(({ percent }) => percent));
  const batch = parts(batches.map(({ percent }) => percent)).reduce((sum, part) => sum + part, 0n);
  const shares = [
    { to: model, share: ONE - goes.reduce((sum, part) => sum + part, 0n) },
    ...swaps.map(({ toModel }, index) => ({ to: toModel, share: goes[index] ?? 0n })),
  ];
  const costOf = (to: string, tier: ServiceTier, weights: Weights): bigint | null => {
    const price = tokenPrices(book, { model: to, serviceTier: tier, day });
    if (price === null || price.currency !== currency) return null;
    return TOKEN_TYPES.reduce((sum, type) => sum + weights[type] * price.parts[type], 0n);
  };
  const old = costOf(model, serviceTier, before);
  if (old === null || old === 0n) return old === null ? null : costNano;
  let sum = 0n;
  for (const { to, share } of shares) {
    if (share === 0n) continue;
    const atOnce = batch < ONE ? costOf(to, serviceTier, after) : 0n;
    const inBatches = batch > 0n ? costOf(to, "batch", after) : 0n;
    if (atOnce === null || inBatches === null) return null;
    const cost = atOnce * (ONE - batch) + inBatches * batch;
    sum += divideHalfEven(cost * share * priceFactor(to, priced), ONE);
  }
  return divideHalfEven(costNano * sum, old * ONE * ONE);
}

/** Tokens in whole millionth millionths of a token. */
type Weights = Readonly<Record<TokenType, bigint>>;

const weighed = (tokens: TokenCounts): Weights =>
  Object.fromEntries(TOKEN_TYPES.map((type) => [type, BigInt(tokens[type]) * ONE])) as Weights;

/** What is read from a cache was written there once for so many reads of it. */
function cached(tokens: Weights, caches: readonly CacheChange[]): Weights {
  const served = parts(caches.map(({ percent }) => percent));
  let [read, written] = [0n, 0n];
  for (const [index, { readsPerWrite }] of caches.entries()) {
    const share = served[index] ?? 0n;
    const writes = divideHalfEven(share, BigInt(readsPerWrite) + 1n);
    written += writes;
    read += share - writes;
  }
  const input = tokens.uncachedInput / ONE;
  return {
    ...tokens,
    uncachedInput: tokens.uncachedInput - input * (read + written),
    cacheRead: tokens.cacheRead + input * read,
    cacheWrite5m: tokens.cacheWrite5m + input * written,
  };
}

/** Percents as parts of one; where they come to more than the whole, each in its proportion. */
function parts(percents: readonly number[]): bigint[] {
  const whole = Math.max(
    100,
    percents.reduce((sum, percent) => sum + percent, 0),
  );
  // Rounded down, so that they never come to more than one.
  return percents.map((percent) => (BigInt(percent) * ONE) / BigInt(whole));
}

function priceFactor(model: string, changes: readonly ModelPriceChange[]): bigint {
  const own = changes.filter((change) => change.model === model);
  const numerator = own.reduce((product, { percent }) => product * BigInt(100 + percent), ONE);
  return divideHalfEven(numerator, 100n ** BigInt(own.length));
}
