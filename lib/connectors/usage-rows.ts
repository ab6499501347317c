import { addDays } from "@/lib/domain/calendar-date";
import type { FileFormat } from "@/lib/domain/file-format";
import { spread } from "@/lib/domain/spread";
import {
  type ExternalIdentity,
  NO_TOKENS,
  type TokenCounts,
  type TokenType,
  type UsageFact,
} from "@/lib/domain/usage";

import type { CsvRecord, Recognised } from "./connector";

/** What the exports of usage have in common. */

/** Longer than any range that a provider exports at once; so that one row never becomes thousands. */
export const SPREAD_DAYS_MAX = 400;

/** A format whose columns have fixed names, dates and amounts in one style. */
export const fixedFormat = (
  format: FileFormat,
  version: string,
  serviceProvider: string | null,
): Recognised => ({ format, version, serviceProvider, dateColumns: [], amountColumns: [] });

export const hasAll = (header: readonly string[], wanted: readonly string[]): boolean =>
  wanted.every((column) => header.includes(column));

/** The cells of the columns as one text; a column that the file does not have counts as empty. */
export const dimensionsOf = (record: CsvRecord, columns: readonly string[]): string =>
  columns.map((column) => record.text(column)).join("|");

export const workspace = (externalId: string, name = externalId): ExternalIdentity => ({
  kind: "workspace",
  externalId,
  name,
  parent: null,
});

/** Whoever used what a file gives without a name: the organization as a whole. */
export const WHOLE_ORGANIZATION = workspace("organization", "Organization");

/** What kind of tokens a name such as `input_cache_write_5m` or `GPT-4o, cached input` counts; null when it does not say. */
export function tokenTypeOf(name: string): TokenType | null {
  const text = name.toLowerCase();
  if (/cache[^a-z]*(?:write|creation)/.test(text))
    return /1h|1[^a-z0-9]?hour/.test(text) ? "cacheWrite1h" : "cacheWrite5m";
  if (/(?:no|un|non)[^a-z]*cached?\b/.test(text.replaceAll("_", " "))) return "uncachedInput";
  if (/cache/.test(text)) return "cacheRead";
  if (/output|completion/.test(text)) return "output";
  return /input|prompt/.test(text) ? "uncachedInput" : null;
}

/** So many tokens of one kind; none where the kind is not known. */
export const tokensOf = (type: TokenType | null, tokens: number): TokenCounts =>
  type === null || tokens === 0 ? NO_TOKENS : { ...NO_TOKENS, [type]: tokens };

/**
 * A sum over several days as one row for each of them, from the fact's day on. Nothing is lost: the shares add up.
 *
 * @param days at least 1
 */
export function spreadOver(fact: UsageFact, days: number): readonly UsageFact[] {
  if (days === 1) return [fact];
  const { tokens, cost } = fact;
  const uncachedInput = spread(tokens.uncachedInput, days);
  const cacheRead = spread(tokens.cacheRead, days);
  const cacheWrite5m = spread(tokens.cacheWrite5m, days);
  const cacheWrite1h = spread(tokens.cacheWrite1h, days);
  const output = spread(tokens.output, days);
  const requests = spread(fact.requests, days);
  const costs = cost && spread(cost.nano, days);
  return requests.map((share, day) => ({
    ...fact,
    day: addDays(fact.day, day),
    tokens: {
      uncachedInput: uncachedInput[day] ?? 0,
      cacheRead: cacheRead[day] ?? 0,
      cacheWrite5m: cacheWrite5m[day] ?? 0,
      cacheWrite1h: cacheWrite1h[day] ?? 0,
      output: output[day] ?? 0,
    },
    requests: share,
    cost: cost && { nano: costs?.[day] ?? 0n, currency: cost.currency },
    spreadDays: days,
  }));
}
