import { ReplyCollection } from "@/lib/connectors/claude-code-logs";
import type { RowError } from "@/lib/connectors/connector";
import { packReplies } from "@/lib/db/reply-pack";

const ERRORS_MAX = 100;
/** Texts that are longer outlive the quick collection of garbage, which makes reading a third slower. */
const TEXT_BYTES = 64 * 1024;

/** A line that is broken: the stretch that it stands in, and its place there, counted from 0. */
export type BrokenLine = { readonly stretch: number; readonly line: number };

/** What some stretches of a log tell, as it travels from one thread to another. */
export type ToldByStretches = {
  /** Packed replies; the unnamed ones are not yet told apart. */
  readonly named: Uint8Array<ArrayBuffer>;
  readonly unnamed: Uint8Array<ArrayBuffer>;
  /** The lines of each stretch. */
  readonly lines: readonly { readonly stretch: number; readonly count: number }[];
  /** The first hundred. */
  readonly broken: readonly BrokenLine[];
  readonly brokenCount: number;
};

/**
 * Cuts stretches of a log into lines, and keeps what they tell. One character stands for a byte: only plain text is
 * looked for, and nothing is decoded.
 */
export class LogLines {
  readonly #collection = new ReplyCollection();
  readonly #lines: { stretch: number; count: number }[] = [];
  readonly #broken: BrokenLine[] = [];
  #brokenCount = 0;
  #stretch = 0;
  #line = 0;

  /** @param bytes whole lines, of which the last may have no end */
  add(stretch: number, bytes: Uint8Array): void {
    this.#stretch = stretch;
    this.#line = 0;
    let rest = "";
    for (let at = 0; at < bytes.byteLength; at += TEXT_BYTES) {
      const part = bytes.subarray(at, at + TEXT_BYTES);
      const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString("latin1");
      const first = text.indexOf("\n");
      if (first === -1) rest += text;
      else {
        // Only the line that two texts share is put together: joining the texts would copy all of it.
        const shared = rest + text.slice(0, first);
        this.#read(shared, 0, shared.length);
        rest = text.slice(this.#readLines(text, first + 1));
      }
    }
    if (rest !== "") this.#read(rest, 0, rest.length);
    this.#lines.push({ stretch, count: this.#line });
  }

  end(): ToldByStretches {
    const { named, unnamed } = this.#collection.told();
    return {
      named: packReplies(named),
      unnamed: packReplies(unnamed),
      lines: this.#lines,
      broken: this.#broken,
      brokenCount: this.#brokenCount,
    };
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
    if (!this.#collection.addLine(text, start, end)) {
      this.#brokenCount++;
      if (this.#broken.length < ERRORS_MAX) this.#broken.push({ stretch: this.#stretch, line: this.#line });
    }
    this.#line++;
  }
}

/** The broken lines of all stretches, by their place in the file: the first hundred, and how many there are. */
export function brokenLines(told: readonly ToldByStretches[]): { errors: RowError[]; errorCount: number } {
  const before = linesBefore(told);
  const places = told.flatMap(({ broken }) =>
    broken.map(({ stretch, line }) => (before[stretch] ?? 0) + line + 1),
  );
  const message = "This line is not JSON. Send the log as it was written.";
  return {
    errors: places
      .sort((a, b) => a - b)
      .slice(0, ERRORS_MAX)
      .map((line) => ({ line, column: null, message })),
    errorCount: told.reduce((sum, { brokenCount }) => sum + brokenCount, 0),
  };
}

/** How many lines stand before each stretch; behind the last one, how many there are in all. */
export function linesBefore(told: readonly ToldByStretches[]): number[] {
  const counts: number[] = [];
  for (const { lines } of told) for (const { stretch, count } of lines) counts[stretch] = count;
  const before = [0];
  for (const count of counts) before.push((before.at(-1) ?? 0) + count);
  return before;
}
