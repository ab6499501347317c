import { canonicalModel } from "@/lib/domain/model-name";
import { type ExternalIdentity, NO_TOKENS, type ServiceTier, type UsageFact } from "@/lib/domain/usage";

import { amount, count, day, optionalText } from "./cells";
import type { CsvConnector, CsvRecord } from "./connector";
import { dimensionsOf, fixedFormat, hasAll, workspace } from "./usage-rows";

const COST_COLUMNS = ["usage_date_utc", "model", "workspace", "token_type", "cost_usd"];
const COST_DIMENSIONS = ["usage_type", "context_window", "token_type", "cost_type", "inference_geo", "speed"];
const TOKEN_COLUMNS = ["usage_date_utc", "model_version", "workspace", "usage_output_tokens"];
const TOKEN_DIMENSIONS = ["usage_type", "context_window", "inference_geo", "speed"];

/**
 * The cost export of the Anthropic Console, in US dollars after discounts, one row for each day, key, model and kind
 * of token. All generations since 2024 are told apart by their columns: the plain one, with `cost_type`, with
 * `inference_geo` and `speed`, with `list_price_usd`, and with key ids.
 */
export const anthropicConsoleCost: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, COST_COLUMNS)) return null;
    return fixedFormat("anthropic_console_cost", costVersion(new Set(header)), "Anthropic");
  },
  open: () => (record) => [
    row(record, {
      model: optionalText(record, "model", 100),
      dimensions: dimensionsOf(record, COST_DIMENSIONS),
      tokens: NO_TOKENS,
      cost: amount(record, "cost_usd", "USD") ?? { nano: 0n, currency: "USD" },
    }),
  ],
};

/** The token export of the Anthropic Console, with 12 columns, or 14 since 2026-03. It has no cost: that is priced. */
export const anthropicConsoleTokens: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, TOKEN_COLUMNS)) return null;
    const version = header.includes("inference_geo") ? "14 columns" : "12 columns";
    return fixedFormat("anthropic_console_tokens", version, "Anthropic");
  },
  open: () => (record) => [
    row(record, {
      model: optionalText(record, "model_version", 100),
      dimensions: dimensionsOf(record, TOKEN_DIMENSIONS),
      tokens: {
        uncachedInput: count(record, "usage_input_tokens_no_cache"),
        cacheRead: count(record, "usage_input_tokens_cache_read"),
        cacheWrite5m: count(record, "usage_input_tokens_cache_write_5m"),
        cacheWrite1h: count(record, "usage_input_tokens_cache_write_1h"),
        output: count(record, "usage_output_tokens"),
      },
      cost: null,
    }),
  ],
};

type Own = Pick<UsageFact, "dimensions" | "tokens" | "cost"> & { readonly model: string | null };

/** Written out and not spread: there are files of a million rows, and spreading doubles the time that they take. */
function row(record: CsvRecord, { model, dimensions, tokens, cost }: Own): UsageFact {
  return {
    kind: "usage",
    line: record.line,
    day: day(record, "usage_date_utc"),
    identity: identityOf(record),
    model: canonicalModel(model ?? ""),
    serviceTier: tierOf(record.text("usage_type"), record.text("speed")),
    dimensions,
    tokens,
    requests: 0,
    cost,
    costKind: "metered",
    spreadDays: 1,
  };
}

/** A key of a workspace; a row without a key is the workspace itself, which is called Default where none is named. */
function identityOf(record: CsvRecord): ExternalIdentity {
  const name = optionalText(record, "workspace") ?? "Default";
  const key = optionalText(record, "api_key");
  if (key === null) return workspace(name);
  // The cost export has key ids since 2026-08, the token export has none: only the name is in both.
  return { kind: "api_key", externalId: `${name}/${key}`, name: key, parent: workspace(name) };
}

function tierOf(usageType: string | null, speed: string | null): ServiceTier {
  if (speed === "fast") return "fast";
  if (usageType === null) return "standard";
  if (/batch/i.test(usageType)) return "batch";
  if (/priority/i.test(usageType)) return "priority";
  return /flex/i.test(usageType) ? "flex" : "standard";
}

function costVersion(columns: ReadonlySet<string>): string {
  if (columns.has("api_key_id")) return "2026-08";
  if (columns.has("list_price_usd")) return "2026-03";
  if (columns.has("inference_geo")) return "2026-02";
  return columns.has("cost_type") ? "2025-12" : "2024";
}
