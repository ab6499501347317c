import { expect, test } from "vitest";

import { aGate } from "@/lib/auth/gate";

test("lets two through at once, three wait in order, and the rest is told to come back", async () => {
  const through = aGate({ atOnce: 2, waitingMax: 3 });
  let running = 0;
  const done: number[] = [];
  const most: number[] = [];
  const work = (number: number) =>
    through(async () => {
      most.push(++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      done.push(number);
      if (number === 1) throw new Error("it failed");
    });
  const settled = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(work));
  expect(done).toEqual([0, 1, 2, 3, 4]);
  expect(Math.max(...most)).toBe(2);
  const refused = { code: "busy", details: { retryAfterSeconds: 1 } };
  expect(settled.slice(5)).toMatchObject([{ reason: refused }, { reason: refused }]);
  // What failed gave its place back.
  await Promise.all([7, 8, 9, 10].map(work));
  expect(done.slice(5)).toEqual([7, 8, 9, 10]);
});
