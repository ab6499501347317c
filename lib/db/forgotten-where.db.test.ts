import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { inputsOf, leavesOf, nameOf, type Place, withValue } from "@/lib/testing/fields";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { findIds, fingerprint } from "@/lib/testing/tenant-tables";
import { stripped } from "@/lib/testing/without-where";
import { aSession, aWorld, type World } from "@/lib/testing/world";

// The first wall taken away: no query asks for an organization any more. What the second one, row-level security, lets
// through then has to be the same.

vi.mock("@/lib/db/client", async (importOriginal) => {
  const real = await importOriginal<typeof import("@/lib/db/client")>();
  const { withoutWhere } = await import("@/lib/testing/without-where");
  type Work<T> = (db: import("@/lib/db/client").Db) => Promise<T>;
  return {
    ...real,
    transact: <T>(scope: object, work: Work<T>, options?: object) =>
      real.transact(scope, (db) => work(withoutWhere(db)), options),
    read: <T>(ctx: Parameters<typeof real.read>[0], work: Work<T>) =>
      real.read(ctx, (db) => work(withoutWhere(db))),
    write: <T>(ctx: Parameters<typeof real.write>[0], work: Work<T>) =>
      real.write(ctx, (db) => work(withoutWhere(db))),
    writeLong: <T>(ctx: Parameters<typeof real.writeLong>[0], work: Work<T>) =>
      real.writeLong(ctx, (db) => work(withoutWhere(db))),
  };
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const client = new Client({ connectionString: process.env.DATABASE_URL });
const routes = await findRoutes();
let [ours, theirs]: World[] = [];
let foreign: readonly string[] = [];

beforeAll(async () => {
  await client.connect();
  [ours, theirs] = [await aWorld(), await aWorld()];
  foreign = await findIds(client, theirs!.owner.organization.id);
});
afterAll(() => client.end());

async function asking(route: RouteName, asked: Asked) {
  const sessionId = await aSession(ours!, "owner");
  return await ask(routes.get(route)!, requestOf(route, asked), { params: asked.params ?? {}, sessionId });
}

/** Every id that a request names, as a place with the id that the other organization's request has there. */
function foreignIds(mine: Asked, other: Asked): { readonly place: Place; readonly id: string }[] {
  const there = new Map(leavesOf(other).map(({ place, value }) => [nameOf(place), value]));
  return inputsOf(mine).flatMap(({ place, value }) => {
    const id = there.get(nameOf(place));
    return typeof value === "string" && UUID.test(value) && typeof id === "string" ? [{ place, id }] : [];
  });
}

const reading = ROUTE_TABLE.filter(({ who, route }) => who.includes("owner") && route.startsWith("GET"));

describe.each(reading)("$route", ({ route, request, status }) => {
  test("answers as before, with nothing of another organization", async () => {
    const answer = await asking(route, await request(ours!, "owner"));
    expect(answer.status).toBe(status);
    const text = JSON.stringify(answer.body);
    expect(foreign.filter((id) => text.includes(id))).toEqual([]);
  });

  test("finds nothing by another organization's ids", async () => {
    const [mine, other] = [await request(ours!, "owner"), await request(theirs!, "owner")];
    for (const { place, id } of foreignIds(mine, other)) {
      const answer = await asking(route, withValue(mine, place, id));
      const tried = `${route} with their ${nameOf(place)}`;
      if (answer.status === 200) expect(answer.body, tried).toMatchObject({ data: [] });
      else expect([tried, answer.status]).toEqual([tried, 404]);
    }
  });
});

const changing = ROUTE_TABLE.filter(
  ({ who, route }) => who.includes("owner") && /^(PATCH|PUT|DELETE) .*\[id\]/.test(route),
);

test("nothing of another organization can be changed by its id", async () => {
  const before = await fingerprint(client, theirs!.owner.organization.id, ["session"]);
  for (const { route, request } of changing) {
    const [mine, other] = [await request(ours!, "owner"), await request(theirs!, "owner")];
    for (const { place, id } of foreignIds(mine, other)) {
      if (place[0] !== "params") continue;
      const { status } = await asking(route, withValue(mine, place, id));
      expect([route, nameOf(place), status]).toEqual([route, nameOf(place), 404]);
    }
  }
  // What asking for their right requests itself made is theirs; nothing of it is gone or changed by ours.
  const after = await fingerprint(client, theirs!.owner.organization.id, ["session"]);
  expect(Object.keys(after)).toEqual(Object.keys(before));
});

test("the wheres were taken away, and without the second wall it would show", async () => {
  expect(stripped.models).toBeGreaterThan(300);
  expect(stripped.raw).toBeGreaterThan(20);
  const seen = async () => {
    const { body } = await asking("GET products", { query: { limit: "200" } });
    return JSON.stringify(body).includes(theirs!.product);
  };
  expect(await seen()).toBe(false);
  await client.query("ALTER TABLE product DISABLE ROW LEVEL SECURITY");
  expect(await seen()).toBe(true);
  await client.query("ALTER TABLE product ENABLE ROW LEVEL SECURITY");
  expect(await seen()).toBe(false);
});
