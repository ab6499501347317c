import { canonicalModel } from "@/lib/domain/model-name";
import { NO_TOKENS, type ServiceTier, type TokenCounts } from "@/lib/domain/usage";

import { quantity } from "./cells";
import type { CsvRecord } from "./connector";
import { tokensOf, tokenTypeOf } from "./usage-rows";

/** What a FOCUS row says of the service: whether it is AI, of which model, and how much of what was used. */

const AI_CATEGORY = "ai and machine learning";

const AI_NAMES =
  /anthropic|openai|\bclaude|\bgpt|\bchatgpt|\bbedrock|\bgemini|vertex ai|\bcopilot|\bcursor\b|\bmistral|\bcohere|\bdeepseek|\bperplexity|\bllama\b|hugging ?face|sagemaker|\bcodex\b/;

/** Where a service, a vendor or a model may be named; the most exact first. */
const NAMING = [
  "SkuId",
  "SkuMeter",
  "SkuPriceId",
  "ResourceName",
  "ServiceName",
  "ChargeDescription",
  "ServiceProviderName",
  "ProviderName",
  "PublisherName",
  "InvoiceIssuerName",
  "InvoiceIssuer",
] as const;

/**
 * Whether the row is of an AI service, by its category or by a name in it. A row without a category is taken, since a
 * file that leaves it out everywhere would otherwise have nothing.
 */
export function isAiService(record: CsvRecord): boolean {
  const category = record.text("ServiceCategory");
  if (category === null || category.toLowerCase() === AI_CATEGORY) return true;
  return NAMING.some((column) => AI_NAMES.test(plainWords(record.text(column) ?? "")));
}

const plainWords = (text: string): string => text.toLowerCase().replace(/[-_.:/]+/g, " ");

/** A family, and what follows it up to a word that is not of the name: `Claude Opus 5.5 (Amazon Bedrock Edition)`. */
const MODEL =
  /(?<![a-z])(?:(?:claude|gpt|gemini|grok|llama|mistral|deepseek|text-embedding)(?:[-_ .](?!(?:input|output|cached?|uncached|no|prompt|completion|tokens?|batch|standard|message|read|write|api|team|enterprise|usage|per|for|on|in)(?![a-z]))[a-z0-9]+)+|o[1-9](?:-[a-z]+)*(?![a-z0-9]))/i;

/** The model that the row's names tell, as `canonicalModel` writes it; empty where they tell none. */
export function modelIn(record: CsvRecord): string {
  for (const column of NAMING.slice(0, 6)) {
    const found = MODEL.exec(record.text(column) ?? "")?.[0];
    // A family without a version is a product, such as Claude Team.
    if (found !== undefined && /\d/.test(found)) return canonicalModel(found).slice(0, 100);
  }
  return "";
}

/** Batch is half price; FOCUS has no column for it, but meters say it. */
export const tierIn = (record: CsvRecord): ServiceTier =>
  /batch/i.test(`${record.text("SkuMeter")} ${record.text("SkuId")}`) ? "batch" : "standard";

/** The tokens that were consumed. A correction may be below zero, which tokens cannot be: then it has none. */
export function tokensIn(record: CsvRecord): TokenCounts {
  const unit = record.text("ConsumedUnit")?.toLowerCase() ?? "";
  if (!/token|mtok|ktok/.test(unit)) return NO_TOKENS;
  return tokensOf(typeIn(record), Math.max(0, quantity(record, "ConsumedQuantity", tokensPer(unit))));
}

function tokensPer(unit: string): number {
  if (/million|mtok|1m\b|1,?000,?000/.test(unit)) return 1_000_000;
  return /thousand|ktok|1k\b|1,?000/.test(unit) ? 1_000 : 1;
}

function typeIn(record: CsvRecord) {
  for (const column of ["SkuMeter", "SkuId", "SkuPriceId", "ChargeDescription"]) {
    const type = tokenTypeOf(record.text(column) ?? "");
    if (type !== null) return type;
  }
  return null;
}
