import { type CalendarDate, isCalendarDate } from "@/lib/domain/calendar-date";
import { parseNano } from "@/lib/domain/decimal";
import { canonicalModel } from "@/lib/domain/model-name";
import type { ExternalIdentity, TokenCounts, UsageFact } from "@/lib/domain/usage";

/** What a line of a Claude Code log says of one reply, as far as it says it. */
type Reply = {
  readonly timestamp?: unknown;
  readonly requestId?: unknown;
  readonly isSidechain?: unknown;
  readonly costUSD?: unknown;
  readonly message?: {
    readonly id?: unknown;
    readonly model?: unknown;
    readonly usage?: Readonly<Record<string, unknown>>;
  };
};

/** One reply of a model, with what decides between two lines that tell it. */
type Told = {
  readonly fact: UsageFact;
  readonly sidechain: boolean;
  readonly tokens: number;
  readonly hasSpeed: boolean;
};

/**
 * Collects the replies that lines of Claude Code's logs tell, each once. A reply is written as several lines while it
 * streams, and again in the logs of what it started: of two lines with the same message and request the one of the main
 * chain counts, then the one with more tokens, then the one that says its speed. A line of a side chain that repeats a
 * message under another request is that message.
 *
 * What the logs cost is what it would have cost on the API; nobody is charged for it.
 */
export class ReplyCollection {
  readonly #owner: ExternalIdentity;
  readonly #byReply = new Map<string, Told>();
  readonly #replyOf = new Map<string, string>();
  #unnamed = 0;

  constructor(owner: ExternalIdentity) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#byReply.size;
  }

  /** @returns false when the line is no JSON */
  addLine(text: string, line: number): boolean {
    // Most lines are what people and tools said; only replies carry their use.
    if (!text.includes('"usage":{')) return true;
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      return false;
    }
    const reply = replyIn(record);
    const told = reply && this.#read(reply, line);
    if (told) this.#keep(told, reply);
    return true;
  }

  facts(): UsageFact[] {
    return [...this.#byReply.values()].map(({ fact }) => fact);
  }

  #keep(told: Told, { message, requestId }: Reply): void {
    const id = typeof message?.id === "string" ? message.id : null;
    if (id === null) {
      this.#byReply.set(`line ${this.#unnamed++}`, told);
      return;
    }
    const exact = `${id}|${typeof requestId === "string" ? requestId : ""}`;
    const known = this.#byReply.has(exact) ? exact : this.#twinOf(id, told.sidechain);
    const key = known ?? exact;
    const before = this.#byReply.get(key);
    if (before && !wins(told, before)) return;
    this.#byReply.set(
      key,
      before ? { ...told, fact: { ...told.fact, dimensions: before.fact.dimensions } } : told,
    );
    this.#replyOf.set(id, key);
  }

  /** The reply of the same message under another request, if either of the two is of a side chain. */
  #twinOf(id: string, sidechain: boolean): string | null {
    const key = this.#replyOf.get(id);
    const known = key === undefined ? undefined : this.#byReply.get(key);
    return key !== undefined && known && (sidechain || known.sidechain) ? key : null;
  }

  #read({ timestamp, requestId, isSidechain, costUSD, message }: Reply, line: number): Told | null {
    const day = dayOf(timestamp);
    const { usage, model, id } = message ?? {};
    if (day === null || !usage || model === "<synthetic>") return null;
    const counts = tokensOf(usage);
    const fast = usage.speed === "fast";
    const cost = typeof costUSD === "number" && costUSD > 0 ? parseNano(costUSD.toFixed(9)) : null;
    const sidechain = isSidechain === true;
    return {
      sidechain,
      tokens: Object.values(counts).reduce((sum, count) => sum + count, 0),
      hasSpeed: usage.speed !== undefined,
      fact: {
        kind: "usage",
        line,
        day,
        identity: this.#owner,
        model: canonicalModel(typeof model === "string" ? model : "").slice(0, 100),
        serviceTier: fast ? "fast" : usage.service_tier === "batch" ? "batch" : "standard",
        // Of a side chain the message alone: its request is not that of the message that it repeats.
        dimensions: `${String(id ?? line)}|${sidechain ? "" : String(requestId ?? "")}`,
        tokens: counts,
        requests: 1,
        cost: cost === null ? null : { nano: cost, currency: "USD" },
        costKind: "api_equivalent",
        spreadDays: 1,
      },
    };
  }
}

function wins(told: Told, before: Told): boolean {
  if (told.sidechain !== before.sidechain) return before.sidechain;
  if (told.tokens !== before.tokens) return told.tokens > before.tokens;
  const [cost, known] = [told.fact.cost?.nano ?? 0n, before.fact.cost?.nano ?? 0n];
  if (cost !== known) return cost > known;
  return told.hasSpeed && !before.hasSpeed;
}

/** The reply of a line; lines that report on an agent carry it further in. */
function replyIn(record: unknown): Reply | null {
  if (!isObject(record)) return null;
  if (isObject(record.message)) return record as Reply;
  const inner = isObject(record.data) ? record.data.message : null;
  return isObject(inner) && isObject(inner.message) ? (inner as Reply) : null;
}

function tokensOf(usage: Readonly<Record<string, unknown>>): TokenCounts {
  const split = isObject(usage.cache_creation) ? usage.cache_creation : null;
  const [short, long] = [whole(split?.ephemeral_5m_input_tokens), whole(split?.ephemeral_1h_input_tokens)];
  return {
    uncachedInput: whole(usage.input_tokens),
    cacheRead: whole(usage.cache_read_input_tokens),
    cacheWrite5m: split ? short : whole(usage.cache_creation_input_tokens),
    cacheWrite1h: long,
    output: whole(usage.output_tokens),
  };
}

const whole = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;

function dayOf(timestamp: unknown): CalendarDate | null {
  if (typeof timestamp !== "string") return null;
  const utc = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(timestamp);
  const instant = utc ? null : Date.parse(timestamp);
  if (instant !== null && Number.isNaN(instant)) return null;
  const day = instant === null ? timestamp.slice(0, 10) : new Date(instant).toISOString().slice(0, 10);
  return isCalendarDate(day) ? day : null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
