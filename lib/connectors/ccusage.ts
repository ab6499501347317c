import { addDays, addMonths, type CalendarDate, isCalendarDate } from "@/lib/domain/calendar-date";
import { parseNano } from "@/lib/domain/decimal";
import { canonicalModel } from "@/lib/domain/model-name";
import { isMonth } from "@/lib/domain/month";
import { daysIn, type Period } from "@/lib/domain/period";
import type { ExternalIdentity, UsageFact } from "@/lib/domain/usage";

import { FileProblem } from "./connector";
import { SPREAD_DAYS_MAX, spreadOver } from "./usage-rows";

type Row = Readonly<Record<string, unknown>>;

/** The lists of a report, with what one of their rows sums. */
const REPORTS = ["daily", "monthly", "weekly", "sessions", "session"] as const;

/** Whether a JSON document is a report of ccusage (18 or 20), and of which kind; null when it is not. */
export function ccusageReport(document: unknown): string | null {
  if (!isObject(document)) return null;
  if (isObject(document.projects) && isObject(document.totals)) return "instances";
  return REPORTS.find((name) => Array.isArray(document[name])) ?? null;
}

/**
 * The use in a report of ccusage: by day, month, week, session, or day and project. A row that sums several days is
 * spread over them. Its cost is what the use would have cost on the API; nobody is charged for it.
 *
 * @throws FileProblem when a row has no day, naming the row
 */
export function readCcusage(document: unknown, owner: ExternalIdentity): UsageFact[] {
  const dimensions = dimensionsOf(ccusageReport(document));
  return rowsOf(document).flatMap((row, index) => {
    const period = periodOf(row);
    if (period === null || daysIn(period) > SPREAD_DAYS_MAX) {
      throw new FileProblem(
        "A row of the report says no day that can be read. Make the report again.",
        index + 1,
      );
    }
    const models = Array.isArray(row.modelBreakdowns) ? row.modelBreakdowns.filter(isObject) : [];
    return models.flatMap((model) =>
      spreadOver(factOf(model, { owner, dimensions, line: index + 1, day: period.start }), daysIn(period)),
    );
  });
}

/** Reports by day, of all projects or of each, tell the same rows; a report by week or month never replaces them. */
const dimensionsOf = (report: string | null): string =>
  report === null || report === "daily" || report === "instances"
    ? ""
    : report.replace(/^sessions$/, "session");

function rowsOf(document: unknown): Row[] {
  if (!isObject(document)) return [];
  if (isObject(document.projects)) return Object.values(document.projects).flatMap((rows) => listOf(rows));
  return REPORTS.flatMap((name) => listOf(document[name]));
}

const listOf = (rows: unknown): Row[] => (Array.isArray(rows) ? rows.filter(isObject) : []);

function factOf(
  model: Row,
  {
    owner,
    dimensions,
    line,
    day,
  }: { owner: ExternalIdentity; dimensions: string; line: number; day: CalendarDate },
): UsageFact {
  const name = typeof model.modelName === "string" ? model.modelName : "";
  const cost = typeof model.cost === "number" ? parseNano(model.cost.toFixed(9)) : null;
  return {
    kind: "usage",
    line,
    day,
    identity: owner,
    model: canonicalModel(name.replace(/-fast$/, "")).slice(0, 100),
    serviceTier: name.endsWith("-fast") ? "fast" : "standard",
    dimensions,
    tokens: {
      uncachedInput: whole(model.inputTokens),
      cacheRead: whole(model.cacheReadTokens),
      // The report does not say for how long something was cached.
      cacheWrite5m: whole(model.cacheCreationTokens),
      cacheWrite1h: 0,
      output: whole(model.outputTokens),
    },
    requests: 0,
    cost: cost === null ? null : { nano: cost, currency: "USD" },
    costKind: "api_equivalent",
    spreadDays: 1,
  };
}

/** The days that a row sums, by whichever of its names it says them. */
function periodOf(row: Row): Period | null {
  for (const name of ["date", "month", "week", "period"]) {
    const period = typeof row[name] === "string" ? periodNamed(row[name], name) : null;
    if (period) return period;
  }
  const last = dayIn(row.lastActivity) ?? (isObject(row.metadata) ? dayIn(row.metadata.lastActivity) : null);
  const first = dayIn(row.firstActivity) ?? last;
  return first === null || last === null || first > last ? null : { start: first, end: addDays(last, 1) };
}

function periodNamed(text: string, name: string): Period | null {
  if (isMonth(text)) return { start: `${text}-01`, end: addMonths(`${text}-01`, 1) };
  if (!isCalendarDate(text)) return null;
  return { start: text, end: addDays(text, name === "week" ? 7 : 1) };
}

function dayIn(value: unknown): CalendarDate | null {
  const day = typeof value === "string" ? value.slice(0, 10) : "";
  return isCalendarDate(day) ? day : null;
}

const whole = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
