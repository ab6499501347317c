import "server-only";

import { type Duplex, type Readable, Transform } from "node:stream";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import { copyOut, literal } from "@/lib/db/copy";
import { CURRENCIES, fractionDigits } from "@/lib/domain/currency";
import type { BudgetReportInput } from "@/lib/reports/schema";

/** The report's columns, in their order, as the SELECT gives them. */
const COLUMNS = [
  "month",
  "purpose",
  "billing_model",
  "state",
  "basis",
  "team",
  "member",
  "product",
  "service_provider",
  "contract",
  "charge_category",
  "currency",
  "cost",
  "base_currency",
  "base_cost",
  "correction_of",
] as const;

/**
 * The budget report as CSV (RFC 4180), written by the database and streamed: one row for each distinct combination
 * of the columns that are not sums, sorted by the columns in their order.
 */
export function streamBudgetReport(ctx: Ctx, input: BudgetReportInput): Promise<Readable> {
  const delimiter = input.decimal === "comma" ? ";" : ",";
  return copyOut(ctx, {
    select: budgetSelect(ctx, input),
    options: `FORMAT csv, HEADER, DELIMITER ${literal(delimiter)}`,
    through: crlf(),
  });
}

function budgetSelect(ctx: Ctx, { from, to, basis, decimal }: BudgetReportInput): string {
  const month = basis === "billed" ? "e.billing_month" : "e.month";
  const base = ctx.organization.baseCurrency;
  const order = COLUMNS.map(
    (column) => `${column}${column.endsWith("cost") ? "_minor" : ' COLLATE "C" NULLS FIRST'}`,
  );
  return `
    SELECT month, purpose, billing_model, state, basis, team, member, product, service_provider, contract,
           charge_category, currency, ${decimalText("cost_minor", digitsOf("currency"), decimal)} AS cost,
           base_currency, ${decimalText("base_cost_minor", String(fractionDigits(base)), decimal)} AS base_cost,
           correction_of
    FROM (
      SELECT ${month}::text AS month, e.purpose::text AS purpose, e.billing_model::text AS billing_model,
             e.state::text AS state, e.basis::text AS basis, ${cell("t.name")} AS team, ${cell("m.name")} AS member,
             ${cell("p.name")} AS product, ${cell("s.name")} AS service_provider,
             ${cell("coalesce(c.name, a.name)")} AS contract, e.charge_category::text AS charge_category,
             e.currency::text AS currency, sum(e.cost_minor) AS cost_minor, ${literal(base)} AS base_currency,
             sum(e.base_cost_minor) AS base_cost_minor, e.correction_of::text AS correction_of
      FROM ledger_entry e
      LEFT JOIN team t ON t.organization_id = e.organization_id AND t.id = e.team_id
      LEFT JOIN member m ON m.organization_id = e.organization_id AND m.id = e.member_id
      LEFT JOIN product p ON p.organization_id = e.organization_id AND p.id = e.product_id
      LEFT JOIN service_provider s ON s.organization_id = e.organization_id AND s.id = e.service_provider_id
      LEFT JOIN subscription c ON c.organization_id = e.organization_id AND c.id = e.subscription_id
      LEFT JOIN api_account a ON a.organization_id = e.organization_id AND a.id = e.api_account_id
      WHERE e.organization_id = ${literal(ctx.organization.id)}::uuid AND e.kind = 'cost'
        AND ${month} BETWEEN ${literal(from)} AND ${literal(to)}
        ${basis === "billed" ? "AND e.state = 'billed'" : ""} AND ${seen(ctx)}
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, e.correction_of
    ) sums
    ORDER BY ${order.join(", ")}`;
}

function seen(ctx: Ctx): string {
  const rows = visibility(ctx);
  if (rows.all) return "true";
  const teams = rows.teamIds.map((id) => `${literal(id)}::uuid`).join(", ");
  const ofTeams = teams === "" ? "false" : `e.team_id IN (${teams})`;
  return rows.memberId === null ? ofTeams : `(${ofTeams} OR e.member_id = ${literal(rows.memberId)}::uuid)`;
}

/**
 * A name as a cell: on one line, and with an apostrophe before anything that a spreadsheet would take for a formula,
 * also behind spaces and quotes.
 */
function cell(name: string): string {
  const oneLine = `regexp_replace(${name}, E'[\\r\\n]+', ' ', 'g')`;
  return `CASE WHEN ${name} ~ E'^[\\\\s"'']*[=+\\\\-@\\t\\r＝＋－＠]' THEN '''' || ${oneLine} ELSE ${oneLine} END`;
}

/** The currency's decimal places, as SQL. */
function digitsOf(column: string): string {
  const unusual = CURRENCIES.filter((currency) => fractionDigits(currency) !== 2);
  const cases = unusual.map((currency) => `WHEN ${literal(currency)} THEN ${fractionDigits(currency)}`);
  return `CASE ${column} ${cases.join(" ")} ELSE 2 END`;
}

function decimalText(minor: string, digits: string, decimal: "point" | "comma"): string {
  const text = `round(${minor} / 10::numeric ^ (${digits}), ${digits})::text`;
  return decimal === "comma" ? `replace(${text}, '.', ',')` : text;
}

/** Ends lines as RFC 4180 wants; no cell holds a line break. */
function crlf(): Duplex {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // Bytes as characters, so that a character cut in two by the chunk stays whole.
      done(null, Buffer.from(chunk.toString("latin1").replaceAll("\n", "\r\n"), "latin1"));
    },
  });
}
