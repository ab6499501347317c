import { canonicalModel } from "@/lib/domain/model-name";
import { type ExternalIdentity, NO_TOKENS, type ServiceTier, type UsageFact } from "@/lib/domain/usage";

import { amount, count, day, optionalText } from "./cells";
import type { CsvConnector, CsvRecord, Recognised } from "./connector";

const COST_COLUMNS = ["usage_date_utc", "model", "workspace", "token_type", "cost_usd"];
const TOKEN_COLUMNS = ["usage_date_utc", "model_version", "workspace", "usage_output_tokens"];

/**
 * The cost export of the Anthropic Console, in US dollars after discounts, one row for each day, key, model and kind
 * of token. All generations since 2024 are told apart by their columns: the plain one, with `cost_type`, with
 * `inference_geo` and `speed`, with `list_price_usd`, and with key ids.
 */
export const anthropicConsoleCost: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, COST_COLUMNS)) return null;
    return recognised("anthropic_console_cost", costVersion(new Set(header)));
  },
  open: () => (record) => [
    {
      ...row(record, record.text("model") ?? ""),
      dimensions: [
        record.text("usage_type"),
        record.text("context_window"),
        record.text("token_type"),
        record.text("cost_type"),
        record.text("inference_geo"),
        record.text("speed"),
      ].join("|"),
      tokens: NO_TOKENS,
      requests: 0,
      cost: amount(record, "cost_usd", "USD") ?? { nano: 0n, currency: "USD" },
    },
  ],
};

/** The token export of the Anthropic Console, with 12 columns, or 14 since 2026-03. It has no cost: that is priced. */
export const anthropicConsoleTokens: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, TOKEN_COLUMNS)) return null;
    return recognised(
      "anthropic_console_tokens",
      header.includes("inference_geo") ? "14 columns" : "12 columns",
    );
  },
  open: () => (record) => [
    {
      ...row(record, record.text("model_version") ?? ""),
      dimensions: [
        record.text("usage_type"),
        record.text("context_window"),
        record.text("inference_geo"),
        record.text("speed"),
      ].join("|"),
      tokens: {
        uncachedInput: count(record, "usage_input_tokens_no_cache"),
        cacheRead: count(record, "usage_input_tokens_cache_read"),
        cacheWrite5m: count(record, "usage_input_tokens_cache_write_5m"),
        cacheWrite1h: count(record, "usage_input_tokens_cache_write_1h"),
        output: count(record, "usage_output_tokens"),
      },
      requests: 0,
      cost: null,
    },
  ],
};

type Shared = Omit<UsageFact, "dimensions" | "tokens" | "requests" | "cost">;

function row(record: CsvRecord, model: string): Shared {
  return {
    kind: "usage",
    line: record.line,
    day: day(record, "usage_date_utc"),
    identity: identityOf(record),
    model: canonicalModel(model),
    serviceTier: tierOf(record.text("usage_type"), record.text("speed")),
    costKind: "metered",
    spreadDays: 1,
  };
}

/** A key of a workspace; a row without a key is the workspace itself, which is called Default where none is named. */
function identityOf(record: CsvRecord): ExternalIdentity {
  const name = optionalText(record, "workspace") ?? "Default";
  const workspace: ExternalIdentity = { kind: "workspace", externalId: name, name, parent: null };
  const key = optionalText(record, "api_key");
  if (key === null) return workspace;
  // The cost export has key ids since 2026-08, the token export has none: only the name is in both.
  return { kind: "api_key", externalId: `${name}/${key}`, name: key, parent: workspace };
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

const recognised = (format: Recognised["format"], version: string): Recognised => ({
  format,
  version,
  serviceProvider: "Anthropic",
  dateColumns: [],
  amountColumns: [],
});

const hasAll = (header: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((column) => header.includes(column));
