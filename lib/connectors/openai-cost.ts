import { type CalendarDate, isCalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { canonicalModel } from "@/lib/domain/model-name";
import type { ExternalIdentity, TokenCounts } from "@/lib/domain/usage";

import { amount, currency, day, optionalText, quantity, requiredText, shown } from "./cells";
import { type CsvConnector, type CsvRecord, RowProblem } from "./connector";
import {
  dimensionsOf,
  fixedFormat,
  hasAll,
  tokensOf,
  tokenTypeOf,
  WHOLE_ORGANIZATION,
  workspace,
} from "./usage-rows";

const DIMENSIONS = ["quantity_unit", "api_source", "user_id"];

/** How many tokens one of each unit is; other units are not tokens. */
const TOKENS_PER_UNIT: Readonly<Record<string, number>> = { tokens: 1, "1000_tokens": 1000 };

/**
 * The cost export of the OpenAI dashboard: one row for each day and whatever it was grouped by, key, project, person
 * or line item. A day without cost has a row without an amount.
 */
export const openaiCost: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, ["amount_value", "line_item"])) return null;
    const iso = header.includes("start_time_iso");
    if (!iso && !header.includes("start_time")) return null;
    return fixedFormat("openai_cost", iso ? "2026-09" : "without ISO days", "OpenAI");
  },
  open: () => (record) => {
    const cost = amount(record, "amount_value", currency(record, "amount_currency") ?? "USD");
    if (cost === null) return [];
    const { model, meter } = lineItemOf(optionalText(record, "line_item") ?? "");
    return [
      {
        kind: "usage",
        line: record.line,
        day: dayOf(record),
        identity: identityOf(record),
        model,
        serviceTier: /batch/i.test(meter) ? "batch" : "standard",
        dimensions: `${meter}|${dimensionsOf(record, DIMENSIONS)}`,
        tokens: tokensIn(record, meter),
        requests: 0,
        cost,
        costKind: "metered",
        spreadDays: 1,
      },
    ];
  },
};

/** `gpt-6-astra, input_tokens` is a model and what of it was used; an item without a comma is no model. */
function lineItemOf(item: string): { readonly model: string; readonly meter: string } {
  const comma = item.indexOf(",");
  if (comma === -1) return { model: "", meter: item };
  return { model: canonicalModel(item.slice(0, comma).slice(0, 100)), meter: item.slice(comma + 1).trim() };
}

function tokensIn(record: CsvRecord, meter: string): TokenCounts {
  const perUnit = TOKENS_PER_UNIT[record.text("quantity_unit")?.toLowerCase() ?? ""];
  if (perUnit === undefined) return tokensOf(null, 0);
  const tokens = quantity(record, "quantity", perUnit);
  if (tokens < 0)
    throw new RowProblem("quantity", "This is below zero. Leave it empty if it is a correction.");
  return tokensOf(tokenTypeOf(meter), tokens);
}

function dayOf(record: CsvRecord): CalendarDate {
  if (record.text("start_time_iso") !== null) return day(record, "start_time_iso");
  const text = requiredText(record, "start_time");
  const date = /^\d{9,10}(?:\.0+)?$/.test(text) ? utcDateOf(new Date(Number(text) * 1000)) : "";
  if (isCalendarDate(date)) return date;
  throw new RowProblem(
    "start_time",
    `"${shown(text)}" is not a time in seconds since 1970. Export the file again.`,
  );
}

/** The most exact name that the row has: a key of a project, the project, or the person. */
function identityOf(record: CsvRecord): ExternalIdentity {
  const projectId = optionalText(record, "project_id");
  const project = projectId && workspace(projectId, optionalText(record, "project_name") ?? projectId);
  const key = optionalText(record, "api_key_id");
  if (key !== null) return { kind: "api_key", externalId: key, name: key, parent: project || null };
  if (project) return project;
  const email = optionalText(record, "user_email");
  if (email !== null) return { kind: "email", externalId: email.toLowerCase(), name: email, parent: null };
  const user = optionalText(record, "user_id");
  if (user !== null) return { kind: "user", externalId: user, name: user, parent: null };
  return organizationOf(record);
}

function organizationOf(record: CsvRecord): ExternalIdentity {
  const id = optionalText(record, "organization_id");
  if (id === null) return WHOLE_ORGANIZATION;
  return workspace(id, optionalText(record, "organization_name") ?? id);
}
