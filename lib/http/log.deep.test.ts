import "@/lib/testing/database";

import { expect, test, vi } from "vitest";

import { logged } from "@/lib/testing/log-lines";
import { LogScan } from "@/lib/testing/log-scan";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import type { Row } from "@/lib/testing/routes/row";
import { aWorld } from "@/lib/testing/world";

vi.mock("pino", async (importOriginal) =>
  (await import("@/lib/testing/log-lines")).collecting(await importOriginal()),
);

const REQUESTS = 10_000;
/** What makes whole books, or waits on purpose: once is enough. */
const SLOW = /demo-data|imports$/;

/** Months to close and the like run out; then it is asked with nothing, which is a line of the log as well. */
const again = (row: Row): Row => ({
  ...row,
  request: async (world, who) => {
    try {
      return await row.request(world, who);
    } catch {
      return {};
    }
  },
});

test(`of ${REQUESTS} requests to every route, as everybody, no line holds a password, session, token or key`, async () => {
  const scan = new LogScan(await aWorld());
  await scan.askAll();
  const quick = ROUTE_TABLE.filter(({ route }) => !SLOW.test(route)).map(again);
  while (scan.asked < REQUESTS) await scan.askAll(() => {}, quick);

  const requests = logged.filter((line) => line.includes('"msg":"request"'));
  expect(requests.length).toBeGreaterThanOrEqual(REQUESTS);
  expect(logged.filter((line) => !/^[^\p{Cc}\u2028\u202e]*\n$/u.test(line))).toEqual([]);
  expect(scan.secrets.size).toBeGreaterThan(5_000);
  expect(scan.foundIn(logged)).toEqual([]);
  // It would find one.
  const [secret = ""] = scan.secrets;
  expect(scan.foundIn([...logged, `{"msg":"${secret}"}\n`])).toEqual([secret]);
}, 1_800_000);
