import { type CalendarDate, isCalendarDate } from "@/lib/domain/calendar-date";
import { parseNano } from "@/lib/domain/decimal";
import { canonicalModel } from "@/lib/domain/model-name";
import { type Reply, ReplySet, replyKey } from "@/lib/domain/reply";
import type { TokenCounts } from "@/lib/domain/usage";

import { jsonFields } from "./json-fields";

/**
 * Collects the replies that lines of Claude Code's logs tell, each once: a reply is written as several lines while it
 * streams, and again in the logs of what it started. Of what people and tools said nothing is kept.
 *
 * What the logs cost is what it would have cost on the API; nobody is charged for it. Only a reply whose line says its
 * cost has one here, in nano-dollars.
 */
export class ReplyCollection {
  readonly #replies = new ReplySet();
  readonly #unnamed: Reply[] = [];

  /**
   * @param text in which a line begins at `from` and ends before `to`; one character a byte
   * @returns false when the line tells of use and is no JSON
   */
  addLine(text: string, from = 0, to = text.length): boolean {
    const outer = jsonFields(text, from, to, LINE);
    if (!outer) return !text.slice(from, to).includes('"usage"');
    const line = startOf(outer, MESSAGE) === -1 ? innerReply(text, outer) : outer;
    if (!line) return true;
    const message = jsonFields(text, startOf(line, MESSAGE), endOf(line, MESSAGE), IN_MESSAGE);
    if (!message || startOf(message, USAGE) === -1) return true;
    const usage = jsonFields(text, startOf(message, USAGE), endOf(message, USAGE), IN_USAGE);
    if (!usage) return true;
    try {
      this.#add({ text, line, message, usage }, from, to);
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  }

  told(): { readonly named: readonly Reply[]; readonly unnamed: readonly Reply[] } {
    return { named: [...this.#replies], unnamed: this.#unnamed };
  }

  #add({ text, line, message, usage }: Found, from: number, to: number): void {
    const day = dayOf(textAt(text, line, TIMESTAMP));
    const model = textAt(text, message, MODEL) ?? "";
    if (day === null || model === "<synthetic>") return;
    const id = textAt(text, message, ID);
    const request = textAt(text, line, REQUEST_ID);
    const cost = numberAt(text, line, COST);
    const speed = textAt(text, usage, SPEED);
    const batch = textAt(text, usage, SERVICE_TIER) === "batch";
    const reply: Reply = {
      message: replyKey(id ?? text.slice(from, to)),
      request: request === null ? 0 : replyKey(request),
      sidechain: text.startsWith("true", startOf(line, SIDECHAIN)) && startOf(line, SIDECHAIN) !== -1,
      saysSpeed: speed !== null,
      day,
      model: canonicalModel(model).slice(0, 100),
      serviceTier: speed === "fast" ? "fast" : batch ? "batch" : "standard",
      tokens: tokensOf(text, usage),
      currency: "USD",
      costNano: cost > 0 ? parseNano(cost.toFixed(9)) : null,
    };
    if (id === null) this.#unnamed.push(reply);
    else this.#replies.add(reply);
  }
}

/** What lines tell. A reply without an id is known by its line, and not yet told apart from those of equal lines. */
export type Told = { readonly named: Iterable<Reply>; readonly unnamed: Iterable<Reply> };

/**
 * The replies that the parts of a file tell, each once, whichever part tells it. Equal lines without an id are replies
 * of their own, told apart by their number.
 */
export function repliesOf(parts: readonly Told[]): Reply[] {
  const replies = new ReplySet();
  for (const { named } of parts) for (const reply of named) replies.add(reply);
  const counts = new Map<number, number>();
  for (const { unnamed } of parts) {
    for (const reply of unnamed) {
      const count = counts.get(reply.message) ?? 0;
      counts.set(reply.message, count + 1);
      replies.add(count === 0 ? reply : { ...reply, message: replyKey(`${count} ${reply.message}`) });
    }
  }
  return [...replies];
}

/** Where the fields of a line, its message and its use stand, by the places of their names below. */
type Found = {
  readonly text: string;
  readonly line: readonly number[];
  readonly message: readonly number[];
  readonly usage: readonly number[];
};

const LINE = ["timestamp", "requestId", "isSidechain", "costUSD", "message", "data"];
const [TIMESTAMP, REQUEST_ID, SIDECHAIN, COST, MESSAGE, DATA] = [0, 1, 2, 3, 4, 5] as const;

const IN_MESSAGE = ["id", "model", "usage"];
const [ID, MODEL, USAGE] = [0, 1, 2] as const;

const IN_USAGE = [
  "input_tokens",
  "output_tokens",
  "cache_creation_input_tokens",
  "cache_read_input_tokens",
  "cache_creation",
  "service_tier",
  "speed",
];
const [INPUT, OUTPUT, CACHE_WRITE, CACHE_READ, CACHE_CREATION, SERVICE_TIER, SPEED] = [
  0, 1, 2, 3, 4, 5, 6,
] as const;

const IN_CACHE_CREATION = ["ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"];

const startOf = (found: readonly number[], name: number): number => found[2 * name] ?? -1;
const endOf = (found: readonly number[], name: number): number => found[2 * name + 1] ?? -1;

/** Lines that report on an agent carry the reply further in; what it does not say itself, the line says. */
function innerReply(text: string, line: readonly number[]): number[] | null {
  const data = jsonFields(text, startOf(line, DATA), endOf(line, DATA), ["message"]);
  const inner = data && jsonFields(text, startOf(data, 0), endOf(data, 0), LINE);
  if (!inner) return null;
  return inner.map((place, index) => (place === -1 ? (line[index] ?? -1) : place));
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** The text that stands there; null when there is none. @throws SyntaxError */
function textAt(text: string, found: readonly number[], name: number): string | null {
  const [start, end] = [startOf(found, name), endOf(found, name)];
  if (start === -1 || text.charCodeAt(start) !== QUOTE) return null;
  const plain = text.slice(start + 1, end - 1);
  // Ids and times are plain; only what is not goes through the parser.
  return PLAIN.test(plain) ? plain : JSON.parse(Buffer.from(`"${plain}"`, "latin1").toString("utf8"));
}

const QUOTE = 34;

function numberAt(text: string, found: readonly number[], name: number): number {
  const start = startOf(found, name);
  return start === -1 ? 0 : Number(text.slice(start, endOf(found, name)));
}

/** No reply has more tokens of a kind than 32 bits can count; a number beyond is none. */
const TOKENS_MAX = 0xffff_ffff;

function countAt(text: string, found: readonly number[], name: number): number {
  const value = numberAt(text, found, name);
  return Number.isInteger(value) && value > 0 && value <= TOKENS_MAX ? value : 0;
}

function tokensOf(text: string, usage: readonly number[]): TokenCounts {
  const split = jsonFields(
    text,
    startOf(usage, CACHE_CREATION),
    endOf(usage, CACHE_CREATION),
    IN_CACHE_CREATION,
  );
  return {
    uncachedInput: countAt(text, usage, INPUT),
    cacheRead: countAt(text, usage, CACHE_READ),
    cacheWrite5m: split ? countAt(text, split, 0) : countAt(text, usage, CACHE_WRITE),
    cacheWrite1h: split ? countAt(text, split, 1) : 0,
    output: countAt(text, usage, OUTPUT),
  };
}

const UTC = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function dayOf(timestamp: string | null): CalendarDate | null {
  if (timestamp === null) return null;
  const utc = UTC.test(timestamp);
  const instant = utc ? null : Date.parse(timestamp);
  if (instant !== null && Number.isNaN(instant)) return null;
  const day = instant === null ? timestamp.slice(0, 10) : new Date(instant).toISOString().slice(0, 10);
  return isDay(day) ? day : null;
}

/** Lines follow each other within a day, so that it need not be asked of each whether it is one. */
let dayBefore = "";
function isDay(day: string): boolean {
  if (day === dayBefore) return true;
  const is = isCalendarDate(day);
  if (is) dayBefore = day;
  return is;
}
