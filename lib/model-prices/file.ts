import "server-only";

import { currency, day, requiredText, shown } from "@/lib/connectors/cells";
import { type CsvRecord, FileProblem, type RowError, RowProblem } from "@/lib/connectors/connector";
import { readCsv } from "@/lib/connectors/csv";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { canonicalModel, isModelName } from "@/lib/domain/model-name";
import { isPricePerMillion, isServiceTier } from "@/lib/domain/model-price";
import { SERVICE_TIERS, TOKEN_TYPES, type TokenType } from "@/lib/domain/usage";
import type { Named } from "@/lib/fields/schema";
import type { NewPrice } from "@/lib/model-prices/data";
import type { ModelPriceRow } from "@/lib/model-prices/schema";

/** The columns of a list of prices, in dollars (or another currency) a million tokens. */
const COLUMNS = [
  "service_provider",
  "model",
  "service_tier",
  "starts_on",
  "currency",
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "source",
  "as_of",
] as const;

const COLUMN_OF: Readonly<Record<TokenType, (typeof COLUMNS)[number]>> = {
  uncachedInput: "input",
  cacheRead: "cache_read",
  cacheWrite5m: "cache_write_5m",
  cacheWrite1h: "cache_write_1h",
  output: "output",
};

/** May be left out, or empty: the standard tier, and today. */
const OPTIONAL: readonly string[] = ["service_tier", "as_of"];

export type PriceLine = { readonly line: number; readonly price: NewPrice };

/** What a file of prices says, and what of it cannot be taken. */
export async function readPriceFile(
  text: string,
  { providers, today }: { readonly providers: readonly Named[]; readonly today: CalendarDate },
): Promise<{ readonly lines: readonly PriceLine[]; readonly errors: readonly RowError[] }> {
  const lines: PriceLine[] = [];
  const errors: RowError[] = [];
  const byName = new Map(providers.map(({ id, name }) => [name.toLowerCase(), id]));
  const seen = new Map<string, number>();
  const take = (record: CsvRecord) => {
    const price = priceOf(record, byName, today);
    const key = keyOf(price);
    const before = seen.get(key);
    if (before !== undefined)
      throw new RowProblem(null, `Line ${before} has this price already. Leave one of them out.`);
    seen.set(key, record.line);
    lines.push({ line: record.line, price });
    return [];
  };
  try {
    const batches = readCsv(bytesOf(text), (header) => {
      assertHeader(header);
      return take;
    });
    for await (const batch of batches) errors.push(...batch.errors);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    errors.push({ line: error.line ?? 1, column: error.column, message: error.message });
  }
  return { lines, errors };
}

/** What tells prices apart, as one text. */
export const keyOf = ({
  serviceProviderId,
  model,
  serviceTier,
  startsOn,
}: Pick<NewPrice, "serviceProviderId" | "model" | "serviceTier" | "startsOn">): string =>
  [serviceProviderId, serviceTier, startsOn, model].join(" ");

function assertHeader(header: readonly string[]): void {
  const missing = COLUMNS.filter((column) => !header.includes(column) && !OPTIONAL.includes(column));
  const unknown = header.find((column) => !(COLUMNS as readonly string[]).includes(column));
  if (missing.length > 0) {
    throw new FileProblem(`The header lacks ${missing.join(", ")}. Download the list and begin with it.`, 1);
  }
  if (unknown !== undefined) {
    throw new FileProblem(`There is no column "${shown(unknown)}". Take it out.`, 1);
  }
}

function priceOf(record: CsvRecord, providers: ReadonlyMap<string, string>, today: CalendarDate): NewPrice {
  const name = requiredText(record, "service_provider", 100);
  const serviceProviderId = providers.get(name.toLowerCase());
  if (serviceProviderId === undefined) {
    throw new RowProblem(
      "service_provider",
      `There is no provider "${shown(name)}". Add it in the catalogue.`,
    );
  }
  const serviceTier = record.text("service_tier") ?? "standard";
  if (!isServiceTier(serviceTier)) {
    throw new RowProblem("service_tier", `There is no such tier. Use ${SERVICE_TIERS.join(", ")}.`);
  }
  const code = currency(record, "currency");
  if (code === null) throw new RowProblem("currency", "This is empty. Use a code like USD.");
  return {
    serviceProviderId,
    model: modelOf(record),
    serviceTier,
    startsOn: day(record, "starts_on"),
    currency: code,
    perMillion: Object.fromEntries(
      TOKEN_TYPES.map((type) => [type, perMillionOf(record, COLUMN_OF[type])]),
    ) as NewPrice["perMillion"],
    source: requiredText(record, "source"),
    asOf: record.text("as_of") === null ? today : day(record, "as_of"),
  };
}

function modelOf(record: CsvRecord): string {
  const model = canonicalModel(requiredText(record, "model"));
  if (isModelName(model)) return model;
  throw new RowProblem("model", "This is no name of a model. Use one like claude-opus-4-5.");
}

function perMillionOf(record: CsvRecord, column: string): string {
  const text = requiredText(record, column).replace(/^\$/, "");
  if (isPricePerMillion(text)) return text;
  throw new RowProblem(column, `"${shown(text)}" is no price. Use what a million tokens cost, like 6.25.`);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** The list of prices as a file that comes back in without a change. */
export function priceFileText(prices: readonly ModelPriceRow[]): string {
  const lines = prices.map(({ serviceProvider, perMillion, ...price }) => {
    const { model, serviceTier, startsOn, currency: code, source, asOf } = price;
    const figures = TOKEN_TYPES.map((type) => perMillion[type]);
    return [serviceProvider.name, model, serviceTier, startsOn, code, ...figures, source, asOf];
  });
  return [COLUMNS, ...lines].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/** A cell on one line, with an apostrophe before what a spreadsheet would take for a formula. */
function cell(text: string): string {
  const oneLine = text.replace(/[\r\n]+/g, " ");
  const safe = /^[\s"']*[=+\-@\t＝＋－＠]/.test(oneLine) ? `'${oneLine}` : oneLine;
  return /[",;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
