import { pipeline } from "node:stream";
import { type CsvError, parse } from "csv-parse";

import { isCleanText } from "@/lib/domain/text";

import { FileProblem } from "./connector";

const RECORD_CHARACTERS_MAX = 256 * 1024;
const TOO_LONG = "A row is longer than 256 kB: perhaps a quote is not closed. Export the file again.";
/** No more is decoded at once, however much comes at once: what is refused is refused early. */
const PIECE_BYTES = 64 * 1024;
const DELIMITERS = [",", ";", "\t"];

/** The cells of a record, and the line on which it begins. */
export type RawRecord = { readonly cells: readonly string[]; readonly line: number };

/**
 * The records of a CSV file, in stretches, each with whether all text up to here can be kept.
 *
 * @throws FileProblem when the text is not UTF-8, or a quote or a line has no end
 */
export async function* csvRecords(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly records: readonly RawRecord[]; readonly clean: boolean }> {
  const state: TextState = { clean: true, quoted: false };
  for await (const records of recordsOf(utf8(bytes, state), state)) yield { records, clean: state.clean };
}

/**
 * The records, in stretches. As long as no quote was met, a record is a line and its cells are what stands between the
 * delimiters: cutting it there takes a fifth of what the parser takes.
 */
async function* recordsOf(text: AsyncGenerator<string>, state: TextState): AsyncGenerator<RawRecord[]> {
  const { start, rest } = await firstLine(text);
  const delimiter = delimiterOf(start);
  let line = 1;
  let begun = "";
  for await (const piece of rest) {
    if (state.quoted) {
      yield* quotedRecords(before(begun + piece, text), { delimiter, line, state });
      return;
    }
    const { lines, last } = linesOf(begun + piece);
    yield lines.map((each) => ({ cells: each.split(delimiter), line: line++ }));
    begun = last;
  }
  if (begun !== "") yield [{ cells: begun.replace(/\r$/, "").split(delimiter), line }];
}

/** The whole lines of a text and the start of one more; a `\r` at its end may be half of a line's end. */
function linesOf(text: string): { lines: string[]; last: string } {
  const half = text.endsWith("\r") ? "\r" : "";
  const lines = half
    ? text.slice(0, -1).split(LINE_ENDS)
    : text.split(text.includes("\r") ? LINE_ENDS : "\n");
  return { last: (lines.pop() ?? "") + half, lines };
}

async function* before(start: string, text: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield start;
    yield* text;
  } finally {
    // Whoever stops at the first piece has not come to the text's own end.
    await text.return(undefined);
  }
}

async function* quotedRecords(
  text: AsyncGenerator<string>,
  { delimiter, line: firstLine, state }: { delimiter: string; line: number; state: TextState },
): AsyncGenerator<RawRecord[]> {
  const parser = parse({
    delimiter,
    // Named rather than discovered, so that a file may mix them.
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: RECORD_CHARACTERS_MAX,
    relax_column_count: true,
  });
  // A problem of either side ends the iteration below; the callback has nothing to add.
  pipeline(text, parser, () => undefined);
  let line = firstLine;
  let records = 0;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      yield [{ cells, line }];
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
  return { start, rest: before(start, text) };
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
const LINE_ENDS = /\r\n|\n|\r/;

const outsideQuotes = (text: string): string => text.replace(/"[^"]*(?:"|$)/g, "");
