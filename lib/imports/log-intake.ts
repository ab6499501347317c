import { ccusageReport } from "@/lib/connectors/ccusage";
import { repliesOf } from "@/lib/connectors/claude-code-logs";
import { FileProblem, type RowError } from "@/lib/connectors/connector";
import { unpackReplies } from "@/lib/db/reply-pack";
import type { Reply } from "@/lib/domain/reply";
import { brokenLines, linesBefore } from "@/lib/imports/log-lines";
import { LogThreads } from "@/lib/imports/log-threads";

/** A reply with everything that it read and wrote. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;
const NEWLINE = 10;

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

/** What is kept of logs: a line that says what follows, then the replies that each thread found. */
type Head = Omit<CondensedLogs, "replies"> & {
  /** The line that is too long to be read; null: there is none. */
  readonly longLine: number | null;
  /** How many bytes the named replies of each part take, and the unnamed ones behind them. */
  readonly parts: readonly { readonly named: number; readonly unnamed: number }[];
};

async function* condensed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const threads = new LogThreads();
  try {
    const { tooLong } = await handOut(bytes, threads);
    const told = await threads.end();
    const head: Head = {
      ...brokenLines(told),
      longLine: tooLong ? (linesBefore(told).at(-1) ?? 0) + 1 : null,
      parts: told.map(({ named, unnamed }) => ({ named: named.length, unnamed: unnamed.length })),
    };
    yield Buffer.from(`${JSON.stringify(head)}\n`);
    for (const { named, unnamed } of told) {
      yield named;
      yield unnamed;
    }
  } finally {
    threads.close();
  }
}

/** Cuts bytes into stretches of whole lines, up to one that is too long. All bytes are taken, so that they are counted. */
async function handOut(bytes: AsyncIterable<Uint8Array>, threads: LogThreads): Promise<{ tooLong: boolean }> {
  let memory = await threads.memory();
  let size = 0;
  let tooLong = false;
  for await (const piece of bytes) {
    for (let from = 0; from < piece.byteLength && !tooLong; ) {
      const part = piece.subarray(from, from + memory.length - size);
      memory.set(part, size);
      size += part.length;
      from += part.length;
      if (size < memory.length) continue;
      const end = memory.lastIndexOf(NEWLINE) + 1;
      tooLong = end === 0 && size >= LINE_BYTES_MAX;
      if (tooLong) break;
      const next = await threads.memory(end === 0 ? 2 * size : size - end);
      next.set(memory.subarray(end));
      if (end > 0) threads.add(memory, end);
      memory = next;
      size -= end;
    }
  }
  if (size > 0 && !tooLong) threads.add(memory, size);
  return { tooLong };
}

/**
 * Reads what `takeIn` made of logs.
 *
 * @throws FileProblem when a line was too long
 */
export function readCondensed(content: Uint8Array): CondensedLogs {
  const end = content.indexOf(NEWLINE);
  const { longLine, parts, ...head } = JSON.parse(new TextDecoder().decode(content.subarray(0, end))) as Head;
  if (longLine !== null) throw new FileProblem("A line is longer than 64 MB.", longLine);
  let at = end + 1;
  const next = (size: number) => {
    at += size;
    return unpackReplies(content.subarray(at - size, at));
  };
  const told = parts.map((part) => ({ named: next(part.named), unnamed: next(part.unnamed) }));
  return { ...head, replies: repliesOf(told) };
}
