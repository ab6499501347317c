import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { newId } from "@/lib/db/id";
import { readLedger } from "@/lib/ledger/read";
import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { inputsOf, leavesOf, nameOf, type Place, withValue } from "@/lib/testing/fields";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { findIds, fingerprint } from "@/lib/testing/tenant-tables";
import { aSession, aWorld, type World } from "@/lib/testing/world";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const routes = await findRoutes();
let [ours, theirs]: World[] = [];
let client: Client;
beforeAll(async () => {
  [ours, theirs] = [await aWorld(), await aWorld()];
  // The day's first look at a ledger brings its estimates up to date, which is not what is compared here.
  for (const { owner } of [ours, theirs]) await readLedger(owner, async () => {});
  client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
});
afterAll(() => client.end());

/** Asks as the owner of our organization. */
async function asking(route: RouteName, asked: Asked) {
  const sessionId = await aSession(ours!, "owner");
  const params = asked.params ?? {};
  return await ask(routes.get(route)!, requestOf(route, asked), { params, sessionId });
}

/** Every id that a request names, as a place with the id that the other organization's request has there. */
function foreignIds(mine: Asked, other: Asked): { readonly place: Place; readonly id: string }[] {
  const there = new Map(leavesOf(other).map(({ place, value }) => [nameOf(place), value]));
  return inputsOf(mine).flatMap(({ place, value }) => {
    const id = there.get(nameOf(place));
    return typeof value === "string" && UUID.test(value) && typeof id === "string" ? [{ place, id }] : [];
  });
}

const books = async () => ({
  ours: await fingerprint(client, ours!.owner.organization.id, ["session"]),
  theirs: await fingerprint(client, theirs!.owner.organization.id),
});

const named = ROUTE_TABLE.filter(({ who }) => who.includes("owner"));
let idsTried = 0;

describe.each(named)("$route", ({ route, request, status }) => {
  test("knows no id of another organization", async () => {
    const [mine, other] = [await request(ours!, "owner"), await request(theirs!, "owner")];
    for (const { place, id } of foreignIds(mine, other)) {
      const before = await books();
      const answer = await asking(route, withValue(mine, place, id));
      const unknown = await asking(route, withValue(mine, place, newId()));
      const tried = `${route} with their ${nameOf(place)}`;
      idsTried++;

      expect(answer.body, `${tried} looks like an id that nobody has`).toEqual(unknown.body);
      if (place[0] === "query" && answer.status === 200) {
        expect(answer.body, tried).toMatchObject({ data: [] });
      } else {
        expect([tried, answer.status]).toEqual([tried, 404]);
      }
      expect(await books(), tried).toEqual(before);
    }
  });

  test("answers without any id of another organization", async () => {
    const answer = await asking(route, await request(ours!, "owner"));
    expect(answer.status).toBe(status);
    const text = JSON.stringify(answer.body);
    const ids = await findIds(client, theirs!.owner.organization.id);
    expect(ids.length).toBeGreaterThan(50);
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
  });
});

test("every id that a route takes was tried", () => {
  expect(idsTried).toBeGreaterThan(100);
});
