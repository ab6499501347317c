import type { Reply } from "@/lib/domain/reply";
import { type ServiceTier, TOKEN_TYPES, type TokenCounts } from "@/lib/domain/usage";

/**
 * Replies in some fifty bytes each, so that the logs of years are kept and merged without a row for every reply: a line
 * of JSON with what many have in common, then the replies one after the other.
 */
export function packReplies(replies: readonly Reply[]): Uint8Array<ArrayBuffer> {
  const kinds = new Map<string, number>();
  const kindOf = replies.map(({ day, model, serviceTier, currency }) => {
    const kind = JSON.stringify([day, model, serviceTier, currency]);
    const index = kinds.get(kind) ?? kinds.size;
    kinds.set(kind, index);
    return index;
  });
  const head = new TextEncoder().encode(`[${[...kinds.keys()].join(",")}]\n`);
  const packed = new Uint8Array(head.length + replies.length * REPLY_BYTES);
  packed.set(head);
  const view = new DataView(packed.buffer, head.length);
  replies.forEach((reply, index) => {
    writeReply(view, index * REPLY_BYTES, reply, kindOf[index] ?? 0);
  });
  return packed;
}

/** @throws Error when the bytes are not what `packReplies` made */
export function unpackReplies(packed: Uint8Array): Reply[] {
  const end = packed.indexOf(NEWLINE);
  const kinds = JSON.parse(new TextDecoder().decode(packed.subarray(0, end))) as Kind[];
  const view = new DataView(packed.buffer, packed.byteOffset + end + 1, packed.byteLength - end - 1);
  if (view.byteLength % REPLY_BYTES !== 0) throw new Error("Packed replies are cut off.");
  const replies: Reply[] = [];
  for (let at = 0; at < view.byteLength; at += REPLY_BYTES) replies.push(readReply(view, at, kinds));
  return replies;
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
