import fc from "fast-check";
import { expect, test } from "vitest";

import type { Reply } from "@/lib/domain/reply";

import { packReplies, sumReplies, unpackReplies } from "./reply-pack";

const count = fc.integer({ min: 0, max: 0xffff_ffff });
const reply = fc.record({
  message: fc.maxSafeNat(),
  request: fc.maxSafeNat(),
  sidechain: fc.boolean(),
  saysSpeed: fc.boolean(),
  day: fc.constantFrom("2026-10-03", "2026-11-01"),
  model: fc.constantFrom("claude-opus-4-5", "modèle \n “x”", ""),
  serviceTier: fc.constantFrom("standard" as const, "batch" as const, "fast" as const),
  tokens: fc.record({
    uncachedInput: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    output: count,
  }),
  currency: fc.constantFrom("USD", "EUR"),
  costNano: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
});

test("replies come out of a pack as they went in", () => {
  fc.assert(
    fc.property(fc.array(reply), (replies) => {
      expect([...unpackReplies(packReplies(replies))]).toEqual(replies);
    }),
  );
});

test("a pack that is cut off is not taken for a shorter one", () => {
  const [one] = fc.sample(reply, { numRuns: 1, seed: 1 });
  const cut = packReplies([one!]).subarray(0, -1);
  expect(() => [...unpackReplies(cut)]).toThrow("cut off");
  expect(() => sumReplies(cut)).toThrow("cut off");
});

test("a pack sums up to what its replies do, each kind apart, and what has no price apart from what has one", () => {
  const kindOf = (each: Pick<Reply, "day" | "model" | "serviceTier" | "currency" | "costNano">) =>
    JSON.stringify([each.day, each.model, each.serviceTier, each.currency, each.costNano === null]);
  fc.assert(
    fc.property(fc.array(reply), (replies) => {
      const expected = [...Map.groupBy(replies, kindOf)].map(([kind, some]) => ({
        kind,
        requests: some.length,
        output: some.reduce((sum, { tokens }) => sum + tokens.output, 0),
        uncachedInput: some.reduce((sum, { tokens }) => sum + tokens.uncachedInput, 0),
        costNano: some.some(({ costNano }) => costNano === null)
          ? null
          : some.reduce((sum, { costNano }) => sum + (costNano ?? 0n), 0n),
      }));
      const found = sumReplies(packReplies(replies)).map((sum) => ({
        kind: kindOf(sum),
        requests: sum.requests,
        output: sum.tokens.output,
        uncachedInput: sum.tokens.uncachedInput,
        costNano: sum.costNano,
      }));
      const byKind = (a: { kind: string }, b: { kind: string }) => (a.kind < b.kind ? -1 : 1);
      expect(found.sort(byKind)).toEqual(expected.sort(byKind));
    }),
  );
});
