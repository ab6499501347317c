import { type CalendarDate, DATE_MIN } from "@/lib/domain/calendar-date";
import { dateText } from "@/lib/domain/date-text";
import type { ServiceTier, TokenType } from "@/lib/domain/usage";
import type { Named } from "@/lib/fields/schema";
import type { ModelPriceRow } from "@/lib/model-prices/schema";

/** What token types are called over a column of prices. */
export const TOKEN_NAMES = {
  uncachedInput: "Input",
  cacheRead: "Cache read",
  cacheWrite5m: "Write, 5 min",
  cacheWrite1h: "Write, 1 h",
  output: "Output",
} as const satisfies Record<TokenType, string>;

export const TIER_NAMES = {
  standard: "Standard",
  batch: "Batch",
  priority: "Priority",
  flex: "Flex",
  fast: "Fast",
} as const satisfies Record<ServiceTier, string>;

/** A model in a tier: the price in force, or else the first to come, and all others, the latest first. */
export type PricedModel = {
  readonly key: string;
  readonly shown: ModelPriceRow;
  readonly inForce: boolean;
  readonly others: readonly ModelPriceRow[];
};

export type PricedProvider = { readonly provider: Named; readonly models: readonly PricedModel[] };

/** Prices by provider and model, each in the order of the alphabet; only those that a search finds. */
export function groupPrices(
  prices: readonly ModelPriceRow[],
  { today, text }: { readonly today: CalendarDate; readonly text: string },
): PricedProvider[] {
  const words = text.toLowerCase().split(/\s+/);
  const found = prices.filter(({ serviceProvider, model, serviceTier }) => {
    const name = `${serviceProvider.name} ${model} ${serviceTier}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
  return [...Map.groupBy(found, ({ serviceProvider }) => serviceProvider.id).values()]
    .flatMap((list) =>
      list[0] ? [{ provider: list[0].serviceProvider, models: modelsOf(list, today) }] : [],
    )
    .sort((a, b) => a.provider.name.localeCompare(b.provider.name, "en"));
}

function modelsOf(prices: readonly ModelPriceRow[], today: CalendarDate): PricedModel[] {
  const byModel = Map.groupBy(prices, ({ model, serviceTier }) => `${model} ${serviceTier}`);
  return [...byModel]
    .flatMap(([key, list]) => {
      const latestFirst = list.toSorted((a, b) => b.startsOn.localeCompare(a.startsOn));
      const current = latestFirst.find(({ startsOn }) => startsOn <= today);
      const shown = current ?? latestFirst.at(-1);
      if (!shown) return [];
      const others = latestFirst.filter(({ id }) => id !== shown.id);
      return [{ key, shown, inForce: current !== undefined, others }];
    })
    .sort((a, b) => a.key.localeCompare(b.key, "en", { numeric: true }));
}

/** "6.25": a price with the decimals that it has, two at least. */
export const priceText = (perMillion: string, locale: string): string =>
  new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 9,
    numberingSystem: "latn",
  }).format(perMillion as `${number}`);

/** A price that never had a first day began with the books' first day. */
export const startText = (startsOn: CalendarDate): string =>
  startsOn === DATE_MIN ? "the beginning" : dateText(startsOn);
