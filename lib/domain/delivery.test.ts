import { expect, test } from "vitest";

import { secondsUntilRetry } from "@/lib/domain/delivery";

test("a failed attempt waits a minute, 5, 25 and 125 minutes, and the fifth is the last", () => {
  expect([1, 2, 3, 4, 5, 6].map(secondsUntilRetry)).toEqual([60, 300, 1_500, 7_500, null, null]);
});
