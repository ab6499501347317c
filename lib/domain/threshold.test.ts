import { expect, test } from "vitest";

import { isReached } from "./threshold";

test.each([
  // 80 % of 1,000.00 is 800.00: reached exactly there, and not a cent before.
  [80, 100_000, 80_000, true],
  [80, 100_000, 79_999, false],
  // 50 % of 0.01 is half a cent: any cent is beyond.
  [50, 1, 1, true],
  [100, 0, 1, true],
  [100, 0, 0, false],
  [100, null, 500, false],
  [100, 1_000, -5, false],
  // 1,000 % of the largest year is exact too.
  [1_000, 12_000_000_000_000, 119_999_999_999_999, false],
  [1_000, 12_000_000_000_000, 120_000_000_000_000, true],
])("%d %% of %j is reached by %d: %s", (percent, budgetedMinor, actualMinor, reached) => {
  expect(isReached(percent, { budgetedMinor, actualMinor })).toBe(reached);
});
