import { type CsvError, parse } from "csv-parse";

import { isCleanText } from "@/lib/domain/text";

import { CSV_CONNECTORS } from "./catalogue";
import {
  type CsvConnector,
  type CsvRecord,
  type Fact,
  FileProblem,
  type Recognised,
  type RowError,
  RowProblem,
} from "./connector";

/** Facts and errors of a stretch of a file, in its order. */
export type ReadBatch = {
  readonly facts: readonly Fact[];
  readonly errors: readonly RowError[];
  readonly records: number;
};

const COLUMNS_MAX = 300;
const RECORD_BYTES_MAX = 256 * 1024;
const BATCH_RECORDS = 2_000;
const DELIMITERS = [",", ";", "\t"];

/** What a header line is recognised as, with the connector that reads it; null when no format knows it. */
export function recogniseCsv(
  header: readonly string[],
  fileName: string,
): { readonly connector: CsvConnector; readonly recognised: Recognised } | null {
  for (const connector of CSV_CONNECTORS) {
    const recognised = connector.recognise(header, fileName);
    if (recognised) return { connector, recognised };
  }
  return null;
}

/**
 * The records of a CSV file, in batches: comma, semicolon or tab, with or without a byte order mark, any line ends,
 * quotes as RFC 4180 has them. The first batch comes after the whole header was understood.
 *
 * @throws FileProblem when the file as a whole cannot be read: not UTF-8, no known header, an endless line
 */
export async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  open: (header: readonly string[]) => (record: CsvRecord) => readonly Fact[],
): AsyncGenerator<ReadBatch> {
  let convert: ((record: CsvRecord) => readonly Fact[]) | null = null;
  let header: readonly string[] = [];
  let columns: Map<string, number> = new Map();
  let facts: Fact[] = [];
  let errors: RowError[] = [];
  let records = 0;

  for await (const { cells, line } of csvRecords(bytes)) {
    if (convert === null) {
      header = headerOf(cells, line);
      columns = new Map(header.map((name, index) => [name, index]));
      convert = open(header);
      continue;
    }
    if (cells.length === 1 && cells[0]?.trim() === "") continue;
    records++;
    try {
      assertRecord(cells, header, line);
      for (const fact of convert(recordOf(cells, columns, line))) facts.push(fact);
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      errors.push({ line, column: error.column, message: error.message });
    }
    if (records % BATCH_RECORDS === 0) {
      yield { facts, errors, records: BATCH_RECORDS };
      facts = [];
      errors = [];
    }
  }
  if (convert === null) throw new FileProblem("The file is empty. Export it again.");
  yield { facts, errors, records: records % BATCH_RECORDS };
}

function recordOf(cells: readonly string[], columns: ReadonlyMap<string, number>, line: number): CsvRecord {
  return {
    line,
    text(column) {
      const index = columns.get(column);
      if (index === undefined) return null;
      const text = cells[index]?.trim();
      return text === undefined || text === "" || text === "NULL" || text === "null" ? null : text;
    },
  };
}

function assertRecord(cells: readonly string[], header: readonly string[], line: number): void {
  if (cells.length !== header.length) {
    throw new RowProblem(
      null,
      `This row has ${cells.length} cells, the header ${header.length}. Check the commas and quotes in line ${line}.`,
    );
  }
  const broken = cells.findIndex((cell) => !isCleanText(cell));
  if (broken !== -1) {
    throw new RowProblem(header[broken] ?? null, "This has characters that cannot be kept. Take them out.");
  }
}

function headerOf(cells: readonly string[], line: number): readonly string[] {
  const header = cells.map((cell) => cell.trim());
  if (header.length > COLUMNS_MAX) throw new FileProblem(`A file has at most ${COLUMNS_MAX} columns.`, line);
  if (!header.every(isCleanText))
    throw new FileProblem("The header has characters that cannot be kept.", line);
  const twice = header.find((name, index) => name !== "" && header.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new FileProblem("Two columns have the same name. Rename one of them.", line, twice);
  }
  return header;
}

type RawRecord = { readonly cells: string[]; readonly line: number };

async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RawRecord> {
  const text = utf8(bytes);
  const first = await text.next();
  const start = first.done ? "" : first.value;
  const parser = parse({
    delimiter: delimiterOf(start),
    max_record_size: RECORD_BYTES_MAX,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    // A quote inside an unquoted cell is a quote, as spreadsheets write it.
    relax_quotes: false,
  });
  const feed = async () => {
    parser.write(start);
    for await (const piece of text) {
      if (!parser.write(piece)) await new Promise((resolve) => parser.once("drain", resolve));
    }
    parser.end();
  };
  const fed = feed().catch((error: unknown) => parser.destroy(error as Error));
  try {
    for await (const { record, info } of parser) yield { cells: record, line: info.lines };
  } catch (error) {
    throw readableProblem(error);
  } finally {
    parser.destroy();
    await fed;
  }
}

/** The parser's complaints in words that say what to do. */
function readableProblem(error: unknown): unknown {
  const { code, lines } = error as CsvError & { readonly lines?: number };
  const line = typeof lines === "number" ? lines : null;
  switch (code) {
    case "CSV_MAX_RECORD_SIZE":
      return new FileProblem("A row is longer than 256 kB: perhaps a quote is not closed.", line);
    case "CSV_QUOTE_NOT_CLOSED":
      return new FileProblem("A quote is opened and never closed. Close it, or export the file again.", line);
    case "INVALID_OPENING_QUOTE":
    case "CSV_INVALID_CLOSING_QUOTE":
      return new FileProblem("A quote stands inside a cell. Double it, or quote the whole cell.", line);
    default:
      return error;
  }
}

/** Text of UTF-8 bytes, a byte order mark taken off. */
async function* utf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new FileProblem("The file is not UTF-8. Save it as CSV UTF-8.", line);
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    if (text !== "") yield text;
    line += countLines(text);
  }
  const rest = decode();
  if (rest !== "") yield rest;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** The sign that most often stands in the first line outside quotes. */
function delimiterOf(start: string): string {
  const line = start.replace(/"[^"]*"/g, "").split(/[\r\n]/, 1)[0] ?? "";
  const counts = DELIMITERS.map((sign) => line.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}
