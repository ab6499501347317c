import { addDays, type CalendarDate, isCalendarDate } from "@/lib/domain/calendar-date";
import { canonicalModel } from "@/lib/domain/model-name";
import { daysIn, type Period } from "@/lib/domain/period";
import type { ExternalIdentity, TokenCounts } from "@/lib/domain/usage";

import { amount, count, optionalText, requiredText } from "./cells";
import { type CsvConnector, type CsvRecord, FileProblem } from "./connector";
import { dimensionsOf, fixedFormat, hasAll, SPREAD_DAYS_MAX, spreadOver, workspace } from "./usage-rows";

/** The range would make a later report of a longer range something else than the same rows once more. */
const DIMENSIONS = ["product", "slack_channel_id", "teams_channel_id"];
const RANGE = /(?<!\d)(\d{4})[-_](\d{2})[-_](\d{2})[-_]to[-_](\d{4})[-_](\d{2})[-_](\d{2})(?!\d)/;

/**
 * The spend report of claude.ai for Team and Enterprise: one row for each person, product and model, summed over a
 * range of days that only the file's name says. What it costs is beyond what the seats include, after discounts.
 */
export const claudeAiSpend: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, ["product", "total_requests", "total_net_spend_usd"])) return null;
    if (!hasAny(header, ["user_email", "email"]) || !hasAny(header, ["model", "model_family"])) return null;
    return fixedFormat("claude_ai_spend", versionOf(header), "Anthropic");
  },
  open(_recognised, { fileName }) {
    const range = rangeOf(fileName);
    const days = daysIn(range);
    return (record) =>
      spreadOver(
        {
          kind: "usage",
          line: record.line,
          day: range.start,
          identity: identityOf(record),
          model: canonicalModel(
            optionalText(record, "model", 100) ?? optionalText(record, "model_family", 100) ?? "",
          ),
          serviceTier: "standard",
          dimensions: dimensionsOf(record, DIMENSIONS),
          tokens: tokensIn(record),
          requests: count(record, "total_requests"),
          cost: amount(record, "total_net_spend_usd", "USD") ?? { nano: 0n, currency: "USD" },
          costKind: "on_top",
          spreadDays: 1,
        },
        days,
      );
  },
};

const hasAny = (header: readonly string[], wanted: readonly string[]): boolean =>
  wanted.some((column) => header.includes(column));

function versionOf(header: readonly string[]): string {
  if (header.includes("total_uncached_input_tokens")) return "17 columns";
  return header.includes("model_family") ? "model families" : "9 columns";
}

/** The days that the report sums, from the name that claude.ai gives it; the last one is included. */
function rangeOf(fileName: string): Period {
  const parts = RANGE.exec(fileName);
  if (!parts) {
    throw new FileProblem(
      "The days of a spend report are only in its file name. Keep the name of the export: spend-report-…-2026-10-01-to-2026-10-31.csv.",
    );
  }
  const start: CalendarDate = parts.slice(1, 4).join("-");
  const last: CalendarDate = parts.slice(4, 7).join("-");
  const period = isCalendarDate(start) && isCalendarDate(last) ? { start, end: addDays(last, 1) } : null;
  if (period === null || daysIn(period) === 0 || daysIn(period) > SPREAD_DAYS_MAX) {
    throw new FileProblem(
      `The file name says ${start} to ${last}, which is no range of up to ${SPREAD_DAYS_MAX} days. Keep the name of the export.`,
    );
  }
  return period;
}

/** A person by e-mail address; what the organization itself used stands in brackets in place of one. */
function identityOf(record: CsvRecord): ExternalIdentity {
  const email = optionalText(record, "user_email") ?? optionalText(record, "email");
  if (email === null) {
    const id = requiredText(record, record.text("account_uuid") ? "account_uuid" : "user_email");
    return { kind: "user", externalId: id, name: id, parent: null };
  }
  const bracketed = /^\((.+)\)$/.exec(email)?.[1];
  if (bracketed !== undefined) return workspace(bracketed);
  return { kind: "email", externalId: email.toLowerCase(), name: email, parent: null };
}

/** Reports without the split by cache count all that was sent as one number. */
function tokensIn(record: CsvRecord): TokenCounts {
  const split = record.text("total_uncached_input_tokens") !== null;
  return {
    uncachedInput: count(record, split ? "total_uncached_input_tokens" : "total_prompt_tokens"),
    cacheRead: count(record, "total_cache_read_tokens"),
    cacheWrite5m: count(record, "total_cache_write_5m_tokens"),
    cacheWrite1h: count(record, "total_cache_write_1h_tokens"),
    output: count(record, "total_completion_tokens"),
  };
}
