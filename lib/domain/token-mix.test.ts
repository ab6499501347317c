import { expect, test } from "vitest";

import { priceBook } from "./model-price";
import { type MixedUse, tokenMix } from "./token-mix";
import { NO_TOKENS, type ServiceTier } from "./usage";

const price = (model: string, startsOn: string, cacheRead: string) => ({
  ...{ model, startsOn, serviceTier: "standard" as const, currency: "USD" },
  nanoPerToken: {
    uncachedInput: "2000",
    cacheRead,
    cacheWrite5m: "2500",
    cacheWrite1h: "4000",
    output: "10000",
  },
});
const BOOK = priceBook([price("sonnet", "2026-01-01", "200"), price("sonnet", "2026-10-07", "100")]);

const use = (
  day: string,
  tokens: Partial<MixedUse["tokens"]>,
  changes: Partial<MixedUse> = {},
): MixedUse => ({
  ...{ day, model: "sonnet", serviceTier: "standard" as ServiceTier, currency: "USD", costNano: 0n },
  tokens: { ...NO_TOKENS, ...tokens },
  ...changes,
});

test("prices each kind of token of a model at the price of its day and tier", () => {
  // Reads: 1,000,000 at 0.20 and 1,000,000 at 0.10, 0.30. Output: 1,000 at 10.00 a million, and as many at half: 0.015.
  const mix = tokenMix(BOOK, [
    use("2026-10-06", { cacheRead: 1_000_000, output: 1_000 }, { costNano: 210_000_000n }),
    use("2026-10-07", { cacheRead: 1_000_000 }, { costNano: 100_000_000n }),
    use("2026-10-08", { output: 1_000 }, { serviceTier: "batch", costNano: 5_000_000n }),
  ]);
  expect(mix).toEqual([
    {
      ...{ model: "sonnet", currency: "USD", batchNano: 5_000_000n, costNano: 315_000_000n },
      tokens: { ...NO_TOKENS, cacheRead: 2_000_000, output: 2_000 },
      nano: {
        ...{ uncachedInput: 0n, cacheRead: 300_000_000n, cacheWrite5m: 0n, cacheWrite1h: 0n },
        output: 15_000_000n,
      },
    },
  ]);
});

test("says that a model has no price, and puts the dearest model first", () => {
  const mix = tokenMix(BOOK, [
    use("2026-10-08", { output: 1_000 }, { costNano: 10_000_000n }),
    use("2026-10-08", { output: 5 }, { model: "nobody knows", costNano: 90_000_000n }),
  ]);
  expect(mix.map(({ model, nano, costNano }) => [model, nano === null, costNano])).toEqual([
    ["nobody knows", true, 90_000_000n],
    ["sonnet", false, 10_000_000n],
  ]);
});
