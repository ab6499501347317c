import "@/lib/testing/database";

import { beforeAll, expect, test } from "vitest";

import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aSession, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

// What needs many tries: telling accounts apart by time (security row S9), and floods of sign-ins (S6).

const routes = await findRoutes();
let world: World;
beforeAll(async () => {
  world = await aWorld();
  await givePassword(world);
});

let networks = 0;
const aNetwork = () =>
  `198.${51 + Math.floor(networks / 62_500)}.${Math.floor(networks / 250) % 250}.${networks++ % 250}`;
const forget = () => asSuperuser((client) => client.query("DELETE FROM sign_in_attempt"));

async function timed(work: () => Promise<{ readonly status: number }>) {
  const start = performance.now();
  const { status } = await work();
  return { status, took: performance.now() - start };
}

function signsIn(email: string, password: string) {
  const headers = { "X-Forwarded-For": aNetwork() };
  const request = requestOf("POST session", { body: { email, password }, headers });
  return timed(() => ask(routes.get("POST session")!, request, { sessionId: null }));
}

const sorted = (times: readonly number[]) => times.toSorted((a, b) => a - b);
const median = (times: readonly number[]) => sorted(times)[Math.floor(times.length / 2)] ?? Number.NaN;
const p99 = (times: readonly number[]) => sorted(times)[Math.floor(times.length * 0.99)] ?? Number.NaN;

/** The medians of 200 tries each, in turns, each first as often as the other; what comes before is to warm up. */
async function medians(
  known: (index: number) => Promise<number>,
  unknown: (index: number) => Promise<number>,
) {
  const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
  for (let index = 0; index < 220; index++) {
    if (index % 5 === 0) await forget();
    const pair = [
      async () => times.known.push(await known(index)),
      async () => times.unknown.push(await unknown(index)),
    ];
    for (const one of index % 2 ? pair : pair.toReversed()) await one();
  }
  return { known: median(times.known.slice(20)), unknown: median(times.unknown.slice(20)) };
}

function expectAlike({ known, unknown }: { readonly known: number; readonly unknown: number }): void {
  expect(Math.abs(known - unknown), `${known} ms known, ${unknown} ms unknown`).toBeLessThan(5);
}

const nobody = (index: number) => `nobody-${index}@example.test`;

test("a wrong password and an address that nobody has take the same time", async () => {
  expectAlike(
    await medians(
      async () => (await signsIn(world.ownerEmail, "wrong password")).took,
      async (index) => (await signsIn(nobody(index), "wrong password")).took,
    ),
  );
});

test("a forgotten password of an address that somebody has, and of one that nobody has, takes the same time", async () => {
  const forgets = async (email: string) => {
    // Of any address only so many are noted in an hour.
    await asSuperuser((client) => client.query("DELETE FROM password_reset"));
    const request = requestOf("POST password-resets", {
      body: { email },
      headers: { "X-Forwarded-For": aNetwork() },
    });
    const { status, took } = await timed(() =>
      ask(routes.get("POST password-resets")!, request, { sessionId: null }),
    );
    expect(status).toBe(204);
    return took;
  };
  expectAlike(
    await medians(
      () => forgets(world.ownerEmail),
      (index) => forgets(nobody(index)),
    ),
  );
});

test("inviting somebody who has an account elsewhere, and somebody who has none, takes the same time", async () => {
  const { ownerEmail } = await aWorld();
  const sessionId = await aSession(world, "owner");
  const asks = (name: RouteName, asked: Asked) =>
    ask(routes.get(name)!, requestOf(name, asked), { sessionId, params: asked.params ?? {} });
  const invites = async (email: string) => {
    const body = { name: "Gil", email, roles: ["auditor"], teamIds: [], memberId: null, roleEndsOn: null };
    const start = performance.now();
    const answer = await asks("POST invitations", { body });
    const took = performance.now() - start;
    expect(answer.status).toBe(201);
    const withdrawn = await asks("DELETE invitations/[id]", { params: { id: answer.body.id } });
    expect(withdrawn.status).toBe(204);
    return took;
  };
  expectAlike(
    await medians(
      () => invites(ownerEmail),
      (index) => invites(nobody(index)),
    ),
  );
});

test("200 sign-ins at once leave other routes within three times of what they took, and the rest is told to wait", async () => {
  const sessionId = await aSession(world, "owner");
  const reads = () =>
    timed(() => ask(routes.get("GET organization")!, requestOf("GET organization", {}), { sessionId }));
  /** Reads as long as it lasts, and at least so often: of a hundred, the slowest would be the 99th percentile. */
  const readWhile = async (lasts: () => boolean, atLeast = 0) => {
    const times: number[] = [];
    while (lasts() || times.length < atLeast) times.push((await reads()).took);
    return times;
  };
  const flood = async () => {
    await forget();
    let over = false;
    const signIns = Promise.all(Array.from({ length: 200 }, () => signsIn(world.ownerEmail, PASSWORD)));
    void signIns.finally(() => {
      over = true;
    });
    const times = await readWhile(() => !over);
    const counts = Map.groupBy(await signIns, ({ status }) => status);
    expect([...counts.keys()].toSorted()).toEqual([200, 503]);
    expect(counts.get(200)?.length).toBeGreaterThanOrEqual(40);
    return times;
  };
  // Neither side is measured cold.
  await readWhile(() => false, 300);
  await flood();
  const before = process.memoryUsage().rss;
  const [idle, flooded]: [number[], number[]] = [[], []];
  while (flooded.length < 1_000) {
    idle.push(...(await readWhile(() => false, 50)));
    flooded.push(...(await flood()));
  }
  const [calm, busy] = [p99(idle), p99(flooded)];
  expect(busy, `${busy} ms of ${flooded.length}, idle ${calm} ms of ${idle.length}`).toBeLessThan(3 * calm);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
});
