import fc from "fast-check";
import { expect, test } from "vitest";

import { packReplies, unpackReplies } from "./reply-pack";

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
      expect(unpackReplies(packReplies(replies))).toEqual(replies);
    }),
  );
});

test("a pack that is cut off is not taken for a shorter one", () => {
  const [one] = fc.sample(reply, { numRuns: 1, seed: 1 });
  expect(() => unpackReplies(packReplies([one!]).subarray(0, -1))).toThrow("cut off");
});
