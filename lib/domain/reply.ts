import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import { rowKey } from "./row-key";
import { type ServiceTier, TOKEN_TYPES, type TokenCounts } from "./usage";

/** One reply of a model, as a log of Claude Code tells it. What was said in it is not kept. */
export type Reply = {
  /** The message and the request, as `replyKey` makes them of the provider's ids. */
  readonly message: number;
  readonly request: number;
  /** Told by the log of an agent that the main conversation started. */
  readonly sidechain: boolean;
  readonly saysSpeed: boolean;
  readonly day: CalendarDate;
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly tokens: TokenCounts;
  readonly currency: Currency;
  /** Nano-units of the currency; null: price unknown. */
  readonly costNano: bigint | null;
};

/**
 * A number that stands for an id: 53 bits of its hash. Two of a million replies of one person and month are mixed up
 * once in some ten thousand such months.
 */
export function replyKey(id: string): number {
  const { high, low } = rowKey(id);
  return (high % 0x20_0000) * 0x1_0000_0000 + low;
}

/**
 * Replies, each once, in whatever order and how often they are told (the rule of ccusage 20): of two that tell the same
 * message and request the one of the main chain counts, then the one with more tokens, then the dearer one, then the one
 * that says its speed. A message told by a side chain under another request is that message; requests of the main chain
 * are replies of their own.
 */
export class ReplySet {
  readonly #byMessage = new Map<number, Reply | Reply[]>();

  /** Of how many messages there are replies. */
  get size(): number {
    return this.#byMessage.size;
  }

  /** @returns what it made of the set: a new reply, another telling of a known one, or nothing */
  add(reply: Reply): "new" | "changed" | "unchanged" {
    const held = this.#byMessage.get(reply.message);
    if (held === undefined) {
      this.#byMessage.set(reply.message, reply);
      return "new";
    }
    if (!Array.isArray(held)) {
      if (reply.request !== held.request && !reply.sidechain && !held.sidechain) {
        this.#byMessage.set(reply.message, [held, reply]);
        return "new";
      }
      if (!wins(reply, held)) return "unchanged";
      this.#byMessage.set(reply.message, reply);
      return "changed";
    }
    // Several replies of one message are all of the main chain.
    if (reply.sidechain) return "unchanged";
    const index = held.findIndex(({ request }) => request === reply.request);
    const known = held[index];
    if (known === undefined) {
      held.push(reply);
      return "new";
    }
    if (!wins(reply, known)) return "unchanged";
    held[index] = reply;
    return "changed";
  }

  *[Symbol.iterator](): Generator<Reply> {
    for (const held of this.#byMessage.values()) {
      if (Array.isArray(held)) yield* held;
      else yield held;
    }
  }
}

/** A strict order, so that it does not matter which of two tellings came first. */
function wins(reply: Reply, held: Reply): boolean {
  if (reply.sidechain !== held.sidechain) return held.sidechain;
  const more = tokensIn(reply) - tokensIn(held);
  if (more !== 0) return more > 0;
  const [cost, known] = [reply.costNano ?? 0n, held.costNano ?? 0n];
  if (cost !== known) return cost > known;
  if (reply.saysSpeed !== held.saysSpeed) return reply.saysSpeed;
  // Equal in all that counts: the earlier day, then whatever tells them apart.
  if (reply.day !== held.day) return reply.day < held.day;
  return reply.request !== held.request ? reply.request < held.request : restOf(reply) < restOf(held);
}

/** All tokens of a reply, of whatever kind. */
export const tokensIn = ({ tokens }: Reply): number =>
  tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.output;

const restOf = ({ model, serviceTier, tokens }: Reply): string =>
  `${model} ${serviceTier} ${TOKEN_TYPES.map((type) => tokens[type]).join(" ")}`;
