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
import { csvRecords } from "./csv-records";

/** Facts and errors of a stretch of a file, in its order. */
export type ReadBatch = {
  readonly facts: readonly Fact[];
  readonly errors: readonly RowError[];
  readonly records: number;
};

const COLUMNS_MAX = 300;
/** Before the header; more are a file of nothing. */
const BLANK_LINES_MAX = 10_000;
const EMPTY = "The file is empty. Export it again.";
const BATCH_RECORDS = 1_000;

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
  let blank = 0;

  for await (const { records: stretch, clean } of csvRecords(bytes)) {
    for (const { cells, line } of stretch) {
      if (cells.length === 1 && cells[0]?.trim() === "") {
        if (convert === null && ++blank > BLANK_LINES_MAX) throw new FileProblem(EMPTY);
        continue;
      }
      if (convert === null) {
        header = headerOf(cells, line);
        columns = new Map(header.map((name, index) => [name, index]));
        convert = open(header);
        continue;
      }
      records++;
      try {
        assertWidth(cells, header, line);
        if (!clean) assertClean(cells, header);
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
  }
  if (convert === null) throw new FileProblem(EMPTY);
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
