import "server-only";

import { type BudgetGrid, type GridChange, targetText } from "@/lib/budgets/schema";
import { shown } from "@/lib/connectors/cells";
import { type CsvRecord, FileProblem, type RowError, RowProblem } from "@/lib/connectors/connector";
import { readCsv } from "@/lib/connectors/csv";
import { PLANNED_PURPOSES, type PlannedPurpose } from "@/lib/domain/budget-plan";
import { csvName, csvText } from "@/lib/domain/csv-text";
import type { Currency } from "@/lib/domain/currency";
import { money, toDecimal } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { parseTypedAmount } from "@/lib/domain/typed-amount";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Named } from "@/lib/fields/schema";

const TARGET_COLUMNS = ["purpose", "team", "product"];

/** The grid as a file that comes back in without a change; rows of which nothing is planned stay out, unless all are. */
export function gridFileText({ currency, months, rows }: BudgetGrid): string {
  const planned = rows.filter(({ amountsMinor }) => amountsMinor.some((minor) => minor !== null));
  const lines = (planned.length > 0 ? planned : rows).map(({ purpose, team, product, amountsMinor }) => [
    purpose,
    csvName(team?.name ?? ""),
    csvName(product?.name ?? ""),
    ...amountsMinor.map((minor) => (minor === null ? "" : toDecimal(money(minor, currency)))),
  ]);
  return csvText([[...TARGET_COLUMNS, ...months], ...lines]);
}

type Known = {
  readonly months: readonly Month[];
  readonly currency: Currency;
  readonly teams: readonly Named[];
  readonly products: readonly Named[];
};

type FileRow = GridChange["rows"][number];

/** What a file plans, and what of it cannot be taken. */
export async function readGridFile(
  text: string,
  known: Known,
): Promise<{ readonly rows: readonly FileRow[]; readonly errors: readonly RowError[] }> {
  const rows: FileRow[] = [];
  const errors: RowError[] = [];
  const seen = new Map<string, number>();
  const take = (record: CsvRecord) => {
    const row = rowOf(record, known);
    const before = seen.get(targetText(row));
    if (before !== undefined)
      throw new RowProblem(null, `Line ${before} plans this already. Leave one of them out.`);
    seen.set(targetText(row), record.line);
    rows.push(row);
    return [];
  };
  try {
    const batches = readCsv(bytesOf(text), (header) => {
      assertHeader(header, known.months);
      return take;
    });
    for await (const batch of batches) errors.push(...batch.errors);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    errors.push({ line: error.line ?? 1, column: error.column, message: error.message });
  }
  if (rows.length + errors.length === 0) errors.push({ line: 1, column: null, message: NO_LINES });
  return { rows, errors };
}

const NO_LINES = "There is no row under the header. Paste the whole file.";

function assertHeader(header: readonly string[], months: readonly Month[]): void {
  const wanted = [...TARGET_COLUMNS, ...months];
  const missing = wanted.filter((column) => !header.includes(column));
  const unknown = header.find((column) => !wanted.includes(column));
  if (missing.length > 0) {
    throw new FileProblem(`The header lacks ${missing.join(", ")}. Download the file and begin with it.`, 1);
  }
  if (unknown !== undefined) {
    throw new FileProblem(`There is no column "${shown(unknown)}". Take it out.`, 1);
  }
}

function rowOf(record: CsvRecord, { months, currency, teams, products }: Known): FileRow {
  const teamId = idOf(record, "team", teams);
  const productId = idOf(record, "product", products);
  if (teamId !== null && productId !== null) {
    throw new RowProblem("product", "Plan for a team or for a product, not both.");
  }
  return {
    purpose: purposeOf(record),
    teamId,
    productId,
    amountsMinor: months.map((month) => amountOf(record, month, currency)),
  };
}

function purposeOf(record: CsvRecord): PlannedPurpose {
  const text = record.text("purpose")?.toLowerCase();
  const found = PLANNED_PURPOSES.find((one) => text === one || text === PURPOSE_NAMES[one].toLowerCase());
  if (found) return found;
  throw new RowProblem("purpose", `There is no such line. Use ${PLANNED_PURPOSES.join(" or ")}.`);
}

function idOf(record: CsvRecord, column: "team" | "product", known: readonly Named[]): string | null {
  const text = record
    .text(column)
    ?.replace(/^'(?=[\s"']*[=+\-@＝＋－＠])/, "")
    .toLowerCase();
  if (text === undefined) return null;
  const found = known.find(({ name }) => name.replace(/[\r\n]+/g, " ").toLowerCase() === text);
  if (found) return found.id;
  throw new RowProblem(column, `There is no ${column} "${shown(text)}".`);
}

function amountOf(record: CsvRecord, month: Month, currency: Currency): number | null {
  const text = record.text(month);
  if (text === null) return null;
  const typed = parseTypedAmount(text, currency);
  if (!("value" in typed)) throw new RowProblem(month, typed.reason);
  if (typed.value.minor < 0) throw new RowProblem(month, "A budget is not negative.");
  return typed.value.minor;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
