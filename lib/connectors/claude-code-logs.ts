import { type CalendarDate, isCalendarDate } from "@/lib/domain/calendar-date";
import { parseNano } from "@/lib/domain/decimal";
import { canonicalModel } from "@/lib/domain/model-name";
import { type Reply, ReplySet, replyKey } from "@/lib/domain/reply";
import type { TokenCounts } from "@/lib/domain/usage";

import { fieldsAt, jsonFields } from "./json-fields";

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
    const line =
      startOf(outer, DATA) === -1 || startOf(outer, MESSAGE) !== -1
        ? outer
        : innerReply(text, from, to, outer);
    if (!isObject(text, line, USAGE)) return true;
    try {
      this.#add(text, line, from, to);
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  }

  told(): { readonly named: readonly Reply[]; readonly unnamed: readonly Reply[] } {
    return { named: [...this.#replies], unnamed: this.#unnamed };
  }

  #add(text: string, line: readonly number[], from: number, to: number): void {
    const day = dayOf(textAt(text, line, TIMESTAMP));
    const model = textAt(text, line, MODEL) ?? "";
    if (day === null || model === "<synthetic>") return;
    const id = textAt(text, line, ID);
    const request = textAt(text, line, REQUEST_ID);
    const cost = numberAt(text, line, COST);
    const speed = textAt(text, line, SPEED);
    const batch = textAt(text, line, SERVICE_TIER) === "batch";
    const reply: Reply = {
      message: replyKey(id ?? text.slice(from, to)),
      request: request === null ? 0 : replyKey(request),
      sidechain: text.startsWith("true", startOf(line, SIDECHAIN)) && startOf(line, SIDECHAIN) !== -1,
      saysSpeed: speed !== null,
      day,
      model: canonicalModel(model).slice(0, 100),
      serviceTier: speed === "fast" ? "fast" : batch ? "batch" : "standard",
      tokens: tokensOf(text, line),
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

/** Where a line says what, by the places of their names below. */
const PATHS = [
  "timestamp",
  "requestId",
  "isSidechain",
  "costUSD",
  "data",
  "message",
  "message.id",
  "message.model",
  "message.usage",
  "message.usage.input_tokens",
  "message.usage.output_tokens",
  "message.usage.cache_creation_input_tokens",
  "message.usage.cache_read_input_tokens",
  "message.usage.cache_creation",
  "message.usage.cache_creation.ephemeral_5m_input_tokens",
  "message.usage.cache_creation.ephemeral_1h_input_tokens",
  "message.usage.service_tier",
  "message.usage.speed",
];
const [TIMESTAMP, REQUEST_ID, SIDECHAIN, COST, DATA, MESSAGE, ID, MODEL, USAGE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
] as const;
const [INPUT, OUTPUT, CACHE_WRITE, CACHE_READ, CACHE_CREATION] = [9, 10, 11, 12, 13] as const;
const [CACHE_WRITE_5M, CACHE_WRITE_1H, SERVICE_TIER, SPEED] = [14, 15, 16, 17] as const;

const LINE = fieldsAt(PATHS);
/** Lines that report on an agent carry the reply further in. */
const INNER_LINE = fieldsAt([...PATHS.map((path) => `data.message.${path}`), "data", "data.message"]);

const startOf = (found: readonly number[], name: number): number => found[2 * name] ?? -1;
const endOf = (found: readonly number[], name: number): number => found[2 * name + 1] ?? -1;

const isObject = (text: string, found: readonly number[], name: number): boolean =>
  startOf(found, name) !== -1 && text.charCodeAt(startOf(found, name)) === OPEN_BRACE;

/** The reply further in; what it does not say itself, the line says. */
function innerReply(text: string, from: number, to: number, line: readonly number[]): readonly number[] {
  const inner = jsonFields(text, from, to, INNER_LINE);
  return line.map((place, index) => {
    const own = inner?.[index] ?? -1;
    return own === -1 ? place : own;
  });
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
const ZERO = 48;
const OPEN_BRACE = 123;

function numberAt(text: string, found: readonly number[], name: number): number {
  const [start, end] = [startOf(found, name), endOf(found, name)];
  if (start === -1) return 0;
  let whole = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    // What is no plain count, which hardly any number here is, is left to the language.
    if (digit < 0 || digit > 9) return Number(text.slice(start, end));
    whole = whole * 10 + digit;
  }
  return whole;
}

/** No reply has more tokens of a kind than 32 bits can count; a number beyond is none. */
const TOKENS_MAX = 0xffff_ffff;

function countAt(text: string, found: readonly number[], name: number): number {
  const value = numberAt(text, found, name);
  return Number.isInteger(value) && value > 0 && value <= TOKENS_MAX ? value : 0;
}

function tokensOf(text: string, line: readonly number[]): TokenCounts {
  const split = isObject(text, line, CACHE_CREATION);
  return {
    uncachedInput: countAt(text, line, INPUT),
    cacheRead: countAt(text, line, CACHE_READ),
    cacheWrite5m: countAt(text, line, split ? CACHE_WRITE_5M : CACHE_WRITE),
    cacheWrite1h: split ? countAt(text, line, CACHE_WRITE_1H) : 0,
    output: countAt(text, line, OUTPUT),
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
