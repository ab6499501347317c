import { canonicalModel } from "@/lib/domain/model-name";
import type { ExternalIdentity, NanoMoney, UsageCostKind } from "@/lib/domain/usage";

import { amount, count, day, optionalText, requiredText, shown } from "./cells";
import { type CsvConnector, type CsvRecord, FileProblem, RowProblem } from "./connector";
import { dimensionsOf, fixedFormat, hasAll } from "./usage-rows";

const COLUMNS = ["Date", "Kind", "Model", "Cache Read", "Output Tokens", "Cost"];

/** The moment is one of them: every row is an event of its own. */
const DIMENSIONS = ["Date", "Kind", "Max Mode", "Cloud Agent ID", "Automation ID"];

const INCLUDED = /^(?:included|free|errored|aborted|user api key)|not charged/i;
const CHARGED = /^(?:usage[ -]based|on[ -]demand)/i;
const NO_AMOUNT = /^(?:included|free|nan|-|–|—|n\/a)$/i;

/**
 * The usage export of Cursor's dashboard, one row for each event, of a team or of one person (then without `User`).
 * What a plan includes has a price too: it is kept apart from what is charged on top of the plan.
 */
export const cursorUsage: CsvConnector = {
  recognise(header) {
    if (!hasAll(header, COLUMNS)) return null;
    const columns = ["User", "Cloud Agent ID"].filter((column) => header.includes(column));
    return fixedFormat(
      "cursor_usage",
      columns.length === 0 ? "personal" : `with ${columns.join(", ")}`,
      "Cursor",
    );
  },
  open(recognised, { owner }) {
    if (owner === null && !recognised.version.includes("User")) {
      throw new FileProblem("This file does not say whose usage it is. Choose whose it is.");
    }
    return (record) => {
      const kind = kindOf(record);
      return [
        {
          kind: "usage",
          line: record.line,
          day: day(record, "Date"),
          identity: identityOf(record, owner),
          model: canonicalModel(optionalText(record, "Model", 100) ?? ""),
          serviceTier: "standard",
          dimensions: dimensionsOf(record, DIMENSIONS),
          tokens: {
            uncachedInput: count(record, "Input (w/o Cache Write)"),
            cacheRead: count(record, "Cache Read"),
            cacheWrite5m: count(record, "Input (w/ Cache Write)"),
            cacheWrite1h: 0,
            output: count(record, "Output Tokens"),
          },
          requests: 1,
          cost: costOf(record),
          costKind: kind,
          spreadDays: 1,
        },
      ];
    };
  },
};

/** Exports write kinds as words, the API behind them as `USAGE_EVENT_KIND_USAGE_BASED`. */
function kindOf(record: CsvRecord): UsageCostKind {
  const text = requiredText(record, "Kind");
  const words = text.replace(/^USAGE_EVENT_KIND_/, "").replaceAll("_", " ");
  if (INCLUDED.test(words) || /^included$/i.test(record.text("Cost") ?? "")) return "api_equivalent";
  if (CHARGED.test(words)) return "on_top";
  throw new RowProblem(
    "Kind",
    `"${shown(text)}" is not a known kind of use. Write Usage-based if it was charged, Included if it was not.`,
  );
}

/** @returns null where there is no amount: the tokens are priced */
function costOf(record: CsvRecord): NanoMoney | null {
  return NO_AMOUNT.test(record.text("Cost") ?? "-") ? null : amount(record, "Cost", "USD");
}

function identityOf(record: CsvRecord, owner: ExternalIdentity | null): ExternalIdentity {
  if (owner !== null && record.text("User") === null) return owner;
  const user = requiredText(record, "User");
  const kind = user.includes("@") ? "email" : "user";
  return { kind, externalId: user.toLowerCase(), name: user, parent: null };
}
