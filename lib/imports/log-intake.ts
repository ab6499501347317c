import { ccusageReport } from "@/lib/connectors/ccusage";
import { ReplyCollection } from "@/lib/connectors/claude-code-logs";
import { FileProblem, type RowError } from "@/lib/connectors/connector";
import { packReplies, unpackReplies } from "@/lib/db/reply-pack";
import type { Reply } from "@/lib/domain/reply";

/** A reply with everything that it read and wrote. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;
const ERRORS_MAX = 100;
const NEWLINE = 10;
/** Texts that are longer outlive the quick collection of garbage, which makes reading a third slower. */
const STRETCH_BYTES = 64 * 1024;

/** What is left of logs: who said what never gets past here. */
export type CondensedLogs = {
  readonly replies: readonly Reply[];
  readonly errors: readonly RowError[];
  readonly errorCount: number;
};

/**
 * Looks at a file as it arrives. Logs of Claude Code, a JSON document a line, are condensed to what their replies used,
 * so that conversations are neither kept nor moved around; anything else passes as it is.
 *
 * @returns whether they are logs, and the bytes to keep
 */
export async function takeIn(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ logs: boolean; content: AsyncIterable<Uint8Array> }> {
  const pieces = bytes[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [];
  let size = 0;
  let first: string | null = null;
  while (first === null && size <= LINE_BYTES_MAX) {
    const { done, value } = await pieces.next();
    if (done) break;
    begun.push(value);
    size += value.byteLength;
    if (!looksLikeJson(begun)) break;
    if (value.includes(NEWLINE)) first = firstLine(Buffer.concat(begun));
  }
  const logs = isLogLine(first ?? Buffer.concat(begun).toString("utf8"));
  const all = chained(begun, pieces);
  return { logs, content: logs ? condensed(all) : all };
}

const looksLikeJson = (begun: readonly Uint8Array[]): boolean =>
  /^\s*(?:\{|$)/.test(Buffer.from((begun[0] ?? new Uint8Array()).subarray(0, 100)).toString("latin1"));

/** The first line that is not blank, when all of it is there. */
function firstLine(bytes: Buffer): string | null {
  for (let start = 0; ; ) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1) return null;
    const line = bytes.toString("utf8", start, end);
    if (line.trim() !== "") return line;
    start = end + 1;
  }
}

function isLogLine(line: string): boolean {
  if (!/^\s*\{/.test(line)) return false;
  try {
    return ccusageReport(JSON.parse(line)) === null;
  } catch {
    return false;
  }
}

async function* chained(
  begun: readonly Uint8Array[],
  pieces: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* begun;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) return;
    yield value;
  }
}

async function* condensed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const lines = new LogLines();
  for await (const piece of bytes) lines.add(piece);
  const { head, replies } = lines.end();
  yield Buffer.from(`${JSON.stringify(head)}\n`);
  yield packReplies(replies);
}

type Head = Omit<CondensedLogs, "replies"> & {
  /** The line that is too long to be read; null: there is none. */
  readonly longLine: number | null;
};

/** Cuts bytes into lines. One character stands for a byte: only plain text is looked for, and nothing is decoded. */
class LogLines {
  readonly #collection = new ReplyCollection();
  readonly #errors: RowError[] = [];
  #errorCount = 0;
  #line = 0;
  #rest = "";
  #longLine: number | null = null;

  add(piece: Uint8Array): void {
    for (let at = 0; at < piece.byteLength; at += STRETCH_BYTES) {
      this.#add(piece.subarray(at, at + STRETCH_BYTES));
    }
  }

  #add(piece: Uint8Array): void {
    if (this.#longLine !== null) return;
    const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString("latin1");
    const first = text.indexOf("\n");
    if (first === -1) this.#rest += text;
    else {
      // Only the line that two pieces share is put together: joining the pieces would copy all of it.
      const shared = this.#rest + text.slice(0, first);
      this.#read(shared, 0, shared.length);
      this.#rest = text.slice(this.#readLines(text, first + 1));
    }
    if (this.#rest.length > LINE_BYTES_MAX) this.#longLine = this.#line + 1;
  }

  end(): { head: Head; replies: Reply[] } {
    if (this.#longLine === null) this.#read(this.#rest, 0, this.#rest.length);
    const head = { errors: this.#errors, errorCount: this.#errorCount, longLine: this.#longLine };
    return { head, replies: this.#collection.replies() };
  }

  /** @returns where what is no whole line begins */
  #readLines(text: string, from: number): number {
    let start = from;
    for (let end = text.indexOf("\n", start); end !== -1; end = text.indexOf("\n", start)) {
      this.#read(text, start, end);
      start = end + 1;
    }
    return start;
  }

  #read(text: string, start: number, end: number): void {
    this.#line++;
    if (!this.#collection.addLine(text, start, end)) this.#report();
  }

  #report(): void {
    this.#errorCount++;
    if (this.#errors.length === ERRORS_MAX) return;
    const message = "This line is not JSON. Send the log as it was written.";
    this.#errors.push({ line: this.#line, column: null, message });
  }
}

/**
 * Reads what `takeIn` made of logs.
 *
 * @throws FileProblem when a line was too long
 */
export function readCondensed(content: Uint8Array): CondensedLogs {
  const end = content.indexOf(NEWLINE);
  const { longLine, ...head } = JSON.parse(new TextDecoder().decode(content.subarray(0, end))) as Head;
  if (longLine !== null) throw new FileProblem("A line is longer than 64 MB.", longLine);
  return { ...head, replies: unpackReplies(content.subarray(end + 1)) };
}
