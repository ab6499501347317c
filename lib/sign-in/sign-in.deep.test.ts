import "@/lib/testing/database";

import { beforeAll, expect, test } from "vitest";

import { ask, findRoutes, requestOf } from "@/lib/testing/ask";
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

test("a wrong password and an address that nobody has take the same time", async () => {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let index = 0; index < 220; index++) {
    if (index % 5 === 0) await forget();
    // Each is first as often as the other.
    const pair = [
      async () => known.push((await signsIn(world.ownerEmail, "wrong password")).took),
      async () => unknown.push((await signsIn(`nobody-${index}@example.test`, "wrong password")).took),
    ];
    for (const one of index % 2 ? pair : pair.toReversed()) await one();
  }
  const [ofKnown, ofUnknown] = [median(known.slice(20)), median(unknown.slice(20))];
  expect(Math.abs(ofKnown - ofUnknown), `${ofKnown} ms known, ${ofUnknown} ms unknown`).toBeLessThan(5);
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
