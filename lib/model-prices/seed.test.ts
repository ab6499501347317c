import { describe, expect, test } from "vitest";

import { isCalendarDate } from "@/lib/domain/calendar-date";
import { canonicalModel, isModelName } from "@/lib/domain/model-name";
import { costOfTokens, isPricePerMillion, nanoPerTokenOf, priceBook } from "@/lib/domain/model-price";
import { NO_TOKENS, type ServiceTier, TOKEN_TYPES, type TokenType } from "@/lib/domain/usage";

import { seedModelPrices } from "./seed";

const prices = seedModelPrices();
const bookOf = (provider: string) =>
  priceBook(
    prices
      .filter(({ serviceProvider }) => serviceProvider === provider)
      .map(({ model, serviceTier, startsOn, perMillion }) => ({
        model,
        serviceTier,
        startsOn,
        currency: "USD",
        nanoPerToken: Object.fromEntries(
          TOKEN_TYPES.map((type) => [type, nanoPerTokenOf(perMillion[type])]),
        ) as Record<TokenType, string>,
      })),
  );
const books = { Anthropic: bookOf("Anthropic"), OpenAI: bookOf("OpenAI"), Google: bookOf("Google") };

/** What a million tokens of a type cost on a day, in nano-dollars; null when that is unknown. */
const costOf = (
  provider: keyof typeof books,
  model: string,
  type: TokenType,
  { day = "2026-11-22", serviceTier = "standard" as ServiceTier } = {},
) => {
  const tokens = { ...NO_TOKENS, [type]: 1_000_000 };
  const cost = costOfTokens(books[provider], { model: canonicalModel(model), serviceTier, day, tokens });
  return cost && Number(cost.nano) / 1e9;
};

describe("the prices to start with", () => {
  test.each([
    ["claude-fable-5-1", "cacheRead", 0.25],
    ["claude-opus-5-5-20260922", "output", 20],
    ["Claude Opus 4.6", "uncachedInput", 5],
    ["claude-opus-4-1-20250805", "cacheWrite1h", 30],
    ["claude-opus-4-20250514", "uncachedInput", 15],
    ["claude-sonnet-4-5-20250929", "cacheWrite5m", 3.75],
    ["claude-haiku-4-5", "cacheRead", 0.1],
    ["claude-haiku-5-5 up to 100k", "cacheWrite5m", 0.125],
    ["claude-haiku-5-5 above 100k", "cacheWrite5m", 0.625],
    ["claude-3-5-haiku-20241022", "output", 4],
  ] as const)("of %s for %s are %d dollars a million", (model, type, dollars) => {
    expect(costOf("Anthropic", model, type)).toBe(dollars);
  });

  test.each([
    ["OpenAI", "gpt-5.1-2025-11-13", "cacheRead", 0.125],
    ["OpenAI", "gpt-5-codex", "output", 10],
    ["OpenAI", "gpt-4o-2024-08-06", "uncachedInput", 2.5],
    ["OpenAI", "gpt-5.5", "output", 30],
    ["Google", "gemini-2.5-pro", "uncachedInput", 1.25],
    ["Google", "gemini-3.6-flash", "output", 3.75],
  ] as const)("come from the package for %s %s", (provider, model, type, dollars) => {
    expect(costOf(provider, model, type)).toBe(dollars);
  });

  test.each([
    ["Anthropic", "claude-sonnet-5-5", "cacheRead", "2026-10-06", 0.2],
    ["Anthropic", "claude-sonnet-5-5", "cacheRead", "2026-10-07", 0.1],
    ["Anthropic", "claude-opus-4-6", "output", "2026-02-01", 25],
    ["OpenAI", "o3", "output", "2025-06-09", 40],
    ["OpenAI", "o3", "output", "2025-06-10", 8],
    ["OpenAI", "gpt-5.6-sol", "output", "2026-08-21", 20],
    ["Google", "gemini-3.6-flash", "output", "2027-01-01", 7.5],
  ] as const)("are dated: %s %s %s on %s", (provider, model, type, day, dollars) => {
    expect(costOf(provider, model, type, { day })).toBe(dollars);
  });

  test("double in the fast tier of Opus 5.5, and halve in batches", () => {
    expect(costOf("Anthropic", "claude-opus-5-5", "output", { serviceTier: "fast" })).toBe(40);
    expect(costOf("Anthropic", "claude-opus-5-5", "output", { serviceTier: "batch" })).toBe(10);
    expect(costOf("Anthropic", "claude-opus-4-8", "output", { serviceTier: "fast" })).toBeNull();
  });

  test.each([
    ["Anthropic", "claude-haiku-5-5", "depends on the length of each prompt"],
    ["Anthropic", "claude-fable-5-1", "was not sold before September", "2026-08-31"],
    ["Google", "gemini-1.5-pro", "doubles above 128,000 tokens"],
    ["Google", "claude-opus-4-6", "is resold by region"],
    ["OpenAI", "gpt-4o-realtime-preview", "speaks"],
    ["OpenAI", "gpt-image-1", "draws"],
    ["OpenAI", "whisper-1", "is paid by the hour"],
  ] as const)("are unknown for %s %s, which %s", (provider, model, _why, day: string = "2026-11-22") => {
    expect(costOf(provider, model, "output", { day })).toBeNull();
  });

  test("stand once a model, tier and day, each with a source, in figures that are kept exactly", () => {
    const keys = prices.map(({ serviceProvider, model, serviceTier, startsOn }) =>
      [serviceProvider, model, serviceTier, startsOn].join(" "),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(100);
    for (const { model, startsOn, asOf, source, perMillion } of prices) {
      expect([model, canonicalModel(model), isModelName(model)]).toEqual([model, model, true]);
      expect([isCalendarDate(startsOn), isCalendarDate(asOf), source.length > 5]).toEqual([true, true, true]);
      expect(Object.values(perMillion).filter((text) => !isPricePerMillion(text))).toEqual([]);
    }
  });
});
