import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";

import { transact } from "@/lib/db/client";
import { anAsker } from "@/lib/testing/asker";
import { findIds } from "@/lib/testing/tenant-tables";
import { aWorld, type World } from "@/lib/testing/world";

// Two connections for a thousand requests, so that each is handed on from one organization to the other all the time.
process.env.DATABASE_CONNECTIONS_MAX = "2";

const REQUESTS = 1_000;
const AT_ONCE = 12;

const client = new Client({ connectionString: process.env.DATABASE_URL });
type Side = {
  readonly world: World;
  readonly asks: Awaited<ReturnType<typeof anAsker>>["asks"];
  ids: Set<string>;
};
let sides: Side[] = [];

beforeAll(async () => {
  await client.connect();
  for (const world of [await aWorld(), await aWorld()]) {
    const { asks } = await anAsker(world);
    // The first request of each brings its estimates up to date and opens its session.
    await asks("GET ledger", { query: { month: "2026-10" } });
    sides = [...sides, { world, asks, ids: new Set() }];
  }
  for (const side of sides) side.ids = new Set(await findIds(client, side.world.owner.organization.id));
});
afterAll(() => client.end());

const connections =
  "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'twoline'";
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A request that gives up in the middle of its transaction. */
async function giveUp({ world }: Side): Promise<void> {
  const organizationId = world.owner.organization.id;
  await transact({ organizationId }, async (db) => {
    await db.member.count();
    throw new Error("given up");
  }).catch((error) => {
    if (error.message !== "given up") expectAway(error);
  });
}

/** The connection under some request is cut. */
const cut = () => client.query(`SELECT pg_terminate_backend(pid) ${connections} LIMIT 1`);

/** What a transaction that is for nobody finds on its connection: no organization, and no row. */
async function expectNobody(): Promise<void> {
  const [found] = await transact(
    {},
    (db) => db.$queryRaw<{ organization: string | null; user: string | null; members: number }[]>`
      SELECT current_setting('app.organization_id', true) AS organization, current_setting('app.user_id', true) AS user,
             (SELECT count(*)::int FROM member) AS members`,
  );
  expect([found?.organization || null, found?.user || null, found?.members]).toEqual([null, null, 0]);
}

test(`${REQUESTS} requests of two organizations over two connections, some given up and some cut: no row crosses`, async () => {
  const routes = ["GET members", "GET teams", "GET invoices", "GET subscriptions", "GET products"] as const;
  let next = 0;
  let answered = 0;
  let away = 0;
  const work = async () => {
    for (let request = next++; request < REQUESTS; request = next++) {
      const side = sides[request % 2]!;
      const other = sides[(request + 1) % 2]!;
      if (request % 7 === 3) await giveUp(side);
      if (request % 10 === 5) await expectNobody().catch(expectAway);
      if (request % 100 === 50) await cut();
      const route = routes[request % routes.length]!;
      const { status, body } = await side.asks(route);
      // One whose connection was cut says so, and is asked again by whoever wants to know.
      expect([200, 503]).toContain(status);
      if (status === 503) away++;
      else answered++;
      const ids = JSON.stringify(body).match(UUID) ?? [];
      expect(ids.filter((id) => other.ids.has(id))).toEqual([]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(answered).toBeGreaterThan(REQUESTS * 0.9);
  expect(answered + away).toBe(REQUESTS);
  const { rows } = await client.query(`SELECT count(*)::int AS n ${connections}`);
  expect(rows[0].n).toBeLessThanOrEqual(2);
  await expectNobody();
}, 300_000);

function expectAway(error: unknown): void {
  if ((error as { code?: string }).code !== "busy") throw error;
}
