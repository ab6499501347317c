import type { Reply } from "@/lib/domain/reply";
import { type ServiceTier, TOKEN_TYPES, type TokenCounts } from "@/lib/domain/usage";

/**
 * Replies in some fifty bytes each, so that the logs of years are kept and merged without a row for every reply: a line
 * of JSON with what many have in common, then the replies one after the other.
 */
export function packReplies(replies: readonly Reply[]): Uint8Array<ArrayBuffer> {
  const places = new Map<string, number>();
  const kinds: Kind[] = [];
  const kindOf = replies.map(({ day, model, serviceTier, currency }) => {
    const kind = `${day} ${serviceTier} ${currency} ${model}`;
    const place = places.get(kind);
    if (place !== undefined) return place;
    places.set(kind, kinds.length);
    return kinds.push([day, model, serviceTier, currency]) - 1;
  });
  const head = new TextEncoder().encode(`${JSON.stringify(kinds)}\n`);
  const packed = new Uint8Array(head.length + replies.length * REPLY_BYTES);
  packed.set(head);
  const view = new DataView(packed.buffer, head.length);
  replies.forEach((reply, index) => {
    writeReply(view, index * REPLY_BYTES, reply, kindOf[index] ?? 0);
  });
  return packed;
}

/** One after the other, so that a caller who sums them up holds none. @throws Error when `packReplies` did not make the bytes */
export function* unpackReplies(packed: Uint8Array): Generator<Reply> {
  const { kinds, view } = open(packed);
  for (let at = 0; at < view.byteLength; at += REPLY_BYTES) yield readReply(view, at, kinds);
}

/** Replies of one day, model, tier and currency in one sum; those whose price is unknown are one of their own. */
export type ReplySum = Pick<Reply, "day" | "model" | "serviceTier" | "currency" | "tokens" | "costNano"> & {
  readonly requests: number;
};

/** What packed replies sum up to, without making a value of each. */
export function sumReplies(packed: Uint8Array): ReplySum[] {
  const { kinds, view } = open(packed);
  // Of each kind: tokens by type, how many replies, and the halves of their costs' 64 bits; the priced ones first.
  const sums = new Float64Array(2 * kinds.length * SUM_NUMBERS);
  for (let at = 0; at < view.byteLength; at += REPLY_BYTES) {
    const unpriced = (view.getUint8(at + AT_FLAGS) & PRICED) === 0 ? 1 : 0;
    const sum = (2 * view.getUint32(at + AT_KIND) + unpriced) * SUM_NUMBERS;
    for (let type = 0; type < TOKEN_TYPES.length; type++) {
      sums[sum + type] = (sums[sum + type] ?? 0) + view.getUint32(at + AT_TOKENS + 4 * type);
    }
    sums[sum + SUM_REQUESTS] = (sums[sum + SUM_REQUESTS] ?? 0) + 1;
    sums[sum + SUM_HIGH] = (sums[sum + SUM_HIGH] ?? 0) + view.getInt32(at + AT_COST);
    sums[sum + SUM_LOW] = (sums[sum + SUM_LOW] ?? 0) + view.getUint32(at + AT_COST + 4);
  }
  return kinds.flatMap((kind, index) => [
    ...sumOf(kind, sums.subarray(2 * index * SUM_NUMBERS), true),
    ...sumOf(kind, sums.subarray((2 * index + 1) * SUM_NUMBERS), false),
  ]);
}

function sumOf([day, model, serviceTier, currency]: Kind, sums: Float64Array, isPriced: boolean): ReplySum[] {
  const [uncachedInput = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, output = 0] = sums;
  const [requests, high, low] = [sums[SUM_REQUESTS] ?? 0, sums[SUM_HIGH] ?? 0, sums[SUM_LOW] ?? 0];
  if (requests === 0) return [];
  const costNano = isPriced ? BigInt(high) * 2n ** 32n + BigInt(low) : null;
  const tokens = { uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, output };
  return [{ day, model, serviceTier, currency, tokens, costNano, requests }];
}

const [SUM_REQUESTS, SUM_HIGH, SUM_LOW] = [
  TOKEN_TYPES.length,
  TOKEN_TYPES.length + 1,
  TOKEN_TYPES.length + 2,
] as const;
const SUM_NUMBERS = TOKEN_TYPES.length + 3;

function open(packed: Uint8Array): { kinds: Kind[]; view: DataView } {
  const end = packed.indexOf(NEWLINE);
  const kinds = JSON.parse(new TextDecoder().decode(packed.subarray(0, end))) as Kind[];
  const view = new DataView(packed.buffer, packed.byteOffset + end + 1, packed.byteLength - end - 1);
  if (view.byteLength % REPLY_BYTES !== 0) throw new Error("Packed replies are cut off.");
  return { kinds, view };
}

type Kind = readonly [day: string, model: string, serviceTier: ServiceTier, currency: string];

const NEWLINE = 10;
const REPLY_BYTES = 8 + 8 + 8 + 4 + TOKEN_TYPES.length * 4 + 1;
const [AT_MESSAGE, AT_REQUEST, AT_COST, AT_KIND, AT_TOKENS] = [0, 8, 16, 24, 28] as const;
const AT_FLAGS = AT_TOKENS + TOKEN_TYPES.length * 4;
const [SIDECHAIN, SAYS_SPEED, PRICED] = [1, 2, 4] as const;

function writeReply(view: DataView, at: number, reply: Reply, kind: number): void {
  view.setFloat64(at + AT_MESSAGE, reply.message);
  view.setFloat64(at + AT_REQUEST, reply.request);
  view.setBigInt64(at + AT_COST, reply.costNano ?? 0n);
  view.setUint32(at + AT_KIND, kind);
  TOKEN_TYPES.forEach((type, index) => {
    view.setUint32(at + AT_TOKENS + index * 4, reply.tokens[type]);
  });
  const flags =
    (reply.sidechain ? SIDECHAIN : 0) |
    (reply.saysSpeed ? SAYS_SPEED : 0) |
    (reply.costNano === null ? 0 : PRICED);
  view.setUint8(at + AT_FLAGS, flags);
}

function readReply(view: DataView, at: number, kinds: readonly Kind[]): Reply {
  const kind = kinds[view.getUint32(at + AT_KIND)];
  if (!kind) throw new Error("Packed replies name a kind that is not there.");
  const flags = view.getUint8(at + AT_FLAGS);
  const [day, model, serviceTier, currency] = kind;
  return {
    message: view.getFloat64(at + AT_MESSAGE),
    request: view.getFloat64(at + AT_REQUEST),
    sidechain: (flags & SIDECHAIN) !== 0,
    saysSpeed: (flags & SAYS_SPEED) !== 0,
    day,
    model,
    serviceTier,
    tokens: readTokens(view, at + AT_TOKENS),
    currency,
    costNano: (flags & PRICED) === 0 ? null : view.getBigInt64(at + AT_COST),
  };
}

const readTokens = (view: DataView, at: number): TokenCounts => ({
  uncachedInput: view.getUint32(at),
  cacheRead: view.getUint32(at + 4),
  cacheWrite5m: view.getUint32(at + 8),
  cacheWrite1h: view.getUint32(at + 12),
  output: view.getUint32(at + 16),
});
