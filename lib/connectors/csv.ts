import { pipeline } from "node:stream";
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
const RECORD_CHARACTERS_MAX = 256 * 1024;
const TOO_LONG = "A row is longer than 256 kB: perhaps a quote is not closed. Export the file again.";
/** No more is decoded at once, however much comes at once: what is refused is refused early. */
const PIECE_BYTES = 64 * 1024;
const BATCH_RECORDS = 1_000;
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

  const state: TextState = { clean: true, quoted: false };
  for await (const { cells, line } of csvRecords(utf8(bytes, state), state)) {
    if (cells.length === 1 && cells[0]?.trim() === "") continue;
    if (convert === null) {
      header = headerOf(cells, line);
      columns = new Map(header.map((name, index) => [name, index]));
      convert = open(header);
      continue;
    }
    records++;
    try {
      assertWidth(cells, header, line);
      if (!state.clean) assertClean(cells, header);
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

function assertWidth(cells: readonly string[], header: readonly string[], line: number): void {
  if (cells.length === header.length) return;
  throw new RowProblem(
    null,
    `This row has ${cells.length} cells, the header ${header.length}. Check the commas and quotes in line ${line}.`,
  );
}

function assertClean(cells: readonly string[], header: readonly string[]): void {
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

type RawRecord = { readonly cells: readonly string[]; readonly line: number };

async function* csvRecords(text: AsyncGenerator<string>, state: TextState): AsyncGenerator<RawRecord> {
  const { start, rest } = await firstLine(text);
  const parser = parse({
    delimiter: delimiterOf(start),
    // Named rather than discovered, so that a file may mix them.
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: RECORD_CHARACTERS_MAX,
    relax_column_count: true,
  });
  // A problem of either side ends the iteration below; the callback has nothing to add.
  pipeline(rest, parser, () => undefined);
  let line = 1;
  let records = 0;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      yield { cells, line };
      records++;
      line += state.quoted ? cells.reduce((sum, cell) => sum + lineEndsIn(cell), 1) : 1;
    }
  } catch (error) {
    throw readableProblem(error as CsvError, { line, records });
  }
}

/**
 * The parser's complaints in words that say what to do.
 *
 * @param read the line after the last record that was given out, and how many were; the parser gives out no more of
 *   those that it has read when it meets a problem
 */
function readableProblem(
  error: CsvError,
  read: { readonly line: number; readonly records: number },
): unknown {
  const line = read.line + (typeof error.records === "number" ? error.records - read.records : 0);
  switch (error.code) {
    case "CSV_MAX_RECORD_SIZE":
      return new FileProblem(TOO_LONG, line);
    case "CSV_QUOTE_NOT_CLOSED":
      return new FileProblem("A quote is opened and never closed. Close it, or export the file again.", line);
    case "INVALID_OPENING_QUOTE":
    case "CSV_INVALID_CLOSING_QUOTE":
      return new FileProblem("A quote stands inside a cell. Double it, or quote the whole cell.", line);
    default:
      return error;
  }
}

/** What is known of the text that was read so far, so that most files are spared the checks of each cell. */
type TextState = { clean: boolean; quoted: boolean };

/**
 * Text of UTF-8 bytes, a byte order mark taken off.
 *
 * @param state says what a text has before the text is given out
 */
async function* utf8(bytes: AsyncIterable<Uint8Array>, state: TextState): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let lineCharacters = 0;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      const [before = ""] = new TextDecoder().decode(chunk).split("\ufffd", 1);
      throw new FileProblem("The file is not UTF-8. Save it as CSV UTF-8.", line + lineEndsIn(before));
    }
  };
  const checked = (text: string): string => {
    state.clean &&= isCleanText(text);
    state.quoted ||= text.includes('"');
    line += lineEndsIn(text);
    const lineStart = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
    lineCharacters = lineStart === 0 ? lineCharacters + text.length : text.length - lineStart;
    // The parser does not count empty cells, so that a line of commas alone would fill the memory.
    if (lineCharacters > RECORD_CHARACTERS_MAX) throw new FileProblem(TOO_LONG, line);
    return text;
  };
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const text = decode(chunk.subarray(at, at + PIECE_BYTES));
      if (text !== "") yield checked(text);
    }
  }
  const rest = decode();
  if (rest !== "") yield checked(rest);
}

/** How many lines end in the text; a file whose lines end in `\r` alone has no `\n`. */
function lineEndsIn(text: string): number {
  const sign = text.includes("\n") ? "\n" : "\r";
  let lines = 0;
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) lines++;
  return lines;
}

/** The text up to the end of its first line at least, and all of it once more. */
async function firstLine(
  text: AsyncGenerator<string>,
): Promise<{ readonly start: string; readonly rest: AsyncGenerator<string> }> {
  let start = "";
  for (let ended = false; !ended && start.length <= RECORD_CHARACTERS_MAX; ) {
    const piece = await text.next();
    if (piece.done) break;
    start += piece.value;
    // What came before had no end outside quotes; only a line end may have changed that.
    ended = LINE_END.test(piece.value) && LINE_END.test(outsideQuotes(start));
  }
  async function* rest() {
    try {
      yield start;
      yield* text;
    } finally {
      // Whoever stops at the first piece has not come to the text's own end.
      await text.return(undefined);
    }
  }
  return { start, rest: rest() };
}

/** The sign that most often stands in the first line outside quotes. */
function delimiterOf(start: string): string {
  const line =
    outsideQuotes(start)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? "";
  const counts = DELIMITERS.map((sign) => line.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

const LINE_END = /[\r\n]/;

const outsideQuotes = (text: string): string => text.replace(/"[^"]*(?:"|$)/g, "");
