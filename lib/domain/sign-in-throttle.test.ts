import fc from "fast-check";
import { expect, test } from "vitest";

import { freeFailuresOf, nextTryAt, WINDOW_MS } from "./sign-in-throttle";

const MINUTE = 60_000;
const each = (count: number, every: number) => Array.from({ length: count }, (_, index) => index * every);

test("nine wrong tries wait for nothing, ten until the first of them is 15 minutes old", () => {
  expect(nextTryAt(each(9, 1_000))).toBe(0);
  expect(nextTryAt(each(10, 1_000))).toBe(WINDOW_MS);
});

test("whoever goes on waits twice as long each time, and never longer than an hour", () => {
  const from = 10 * 60 * MINUTE;
  const waits = [10, 11, 12, 13, 14, 15, 16, 17, 60].map((count) =>
    nextTryAt([...each(10, 0), ...each(count - 10, 0).map(() => from)]),
  );
  expect(waits[0]).toBe(WINDOW_MS);
  expect(waits.slice(1, 7).map((at) => (at - from) / MINUTE)).toEqual([2, 4, 8, 16, 32, 60]);
  expect(waits.slice(7).map((at) => (at - from) / MINUTE)).toEqual([60, 60]);
});

test("law: no 15 minutes hold more than ten tries, and after an hour there is always another", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(120 * MINUTE), { maxLength: 80 }), (gaps) => {
      const made: number[] = [];
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const next = nextTryAt(made);
        expect(next).toBeLessThanOrEqual((made.at(-1) ?? 0) + 60 * MINUTE);
        if (next <= now) made.push(now);
      }
      for (const [index, at] of made.entries()) {
        expect((made[index + 10] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(WINDOW_MS);
      }
    }),
  );
});

test("a network of many people may mistype more often, within a limit", () => {
  expect([0, 1, 5, 10_000].map(freeFailuresOf)).toEqual([10, 20, 60, 200]);
  expect(nextTryAt(each(10, 0), freeFailuresOf(1))).toBe(0);
});
