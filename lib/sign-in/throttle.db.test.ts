import { beforeAll, describe, expect, test, vi } from "vitest";

import { FREE_FAILURES } from "@/lib/domain/sign-in-throttle";
import { type Answer, ask, findRoutes, requestOf } from "@/lib/testing/ask";
import { expectProblem } from "@/lib/testing/problem";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

// Guessing passwords (security row S5) and telling accounts apart (S9).

const ROUTE = "POST session" as const;
const routes = await findRoutes();
let owner: World;
let other: World;
beforeAll(async () => {
  owner = await aWorld();
  other = await aWorld();
  await givePassword(owner);
  await givePassword(other);
});

let networks = 0;
const aNetwork = () => `198.51.${Math.floor(networks / 250)}.${networks++ % 250}`;

function tries(
  email: string,
  password: string,
  {
    from = aNetwork(),
    device,
    handlers = routes,
  }: { from?: string; device?: string; handlers?: typeof routes } = {},
): Promise<Answer> {
  const headers = { "X-Forwarded-For": from, ...(device && { Cookie: `twoline.device=${device}` }) };
  const request = requestOf(ROUTE, { body: { email, password }, headers });
  return ask(handlers.get(ROUTE)!, request, { sessionId: null });
}

const statusesOf = async (count: number, once: () => Promise<Answer>) => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push((await once()).status);
  return statuses;
};
const deviceOf = ({ headers }: Answer) =>
  headers
    .getSetCookie()
    .map((cookie) => /^twoline\.device=([^;]+)/.exec(cookie)?.[1])
    .find(Boolean) ?? "";
const forget = () => asSuperuser((client) => client.query("DELETE FROM sign_in_attempt"));
/** Lets time pass for what was tried. */
const later = (minutes: number) =>
  asSuperuser((client) =>
    client.query("UPDATE sign_in_attempt SET at = at - make_interval(mins => $1)", [minutes]),
  );

describe("the eleventh wrong password", () => {
  test("is 429 with Retry-After, from every network, on every instance, and after a restart", async () => {
    await forget();
    const { ownerEmail: email } = owner;
    const tenWrong = await statusesOf(FREE_FAILURES, () => tries(email, "wrong"));
    expect(tenWrong).toEqual(tenWrong.map(() => 401));
    const refused = await tries(email, "wrong");
    expectProblem(refused, { status: 429, code: "too_many_attempts" });
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThanOrEqual(900);
    // Also the right one, else the answer would tell that it was.
    expect((await tries(email, PASSWORD)).status).toBe(429);

    vi.resetModules();
    const handlers = await findRoutes();
    expect(handlers.get(ROUTE)).not.toBe(routes.get(ROUTE));
    expect((await tries(email, PASSWORD, { handlers })).status).toBe(429);
    expect((await tries(other.ownerEmail, PASSWORD, { handlers })).status).toBe(200);
  });

  test("is the same for an address that nobody has", async () => {
    await forget();
    const known = await statusesOf(12, () => tries(owner.ownerEmail, "wrong"));
    const unknown = await statusesOf(12, () => tries("nobody@example.test", "wrong"));
    expect(unknown).toEqual(known);
  });

  test("of many at once is refused too: no more than ten are checked", async () => {
    await forget();
    const answers = await Promise.all(Array.from({ length: 30 }, () => tries(owner.ownerEmail, "wrong")));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(FREE_FAILURES);
    expect(answers.every(({ status }) => [401, 429].includes(status))).toBe(true);
  });

  test("waits a quarter of an hour, then longer after each further one, and never for ever", async () => {
    await forget();
    const { ownerEmail: email } = owner;
    await statusesOf(FREE_FAILURES, () => tries(email, "wrong"));
    const waits: number[] = [];
    for (let round = 0; round < 3; round++) {
      await later(16);
      expect((await tries(email, "wrong")).status).toBe(401);
      waits.push(Number((await tries(email, PASSWORD)).headers.get("retry-after")));
    }
    expect(waits.map((seconds) => Math.ceil(seconds / 60))).toEqual([2, 4, 8]);
    await later(61);
    expect((await tries(email, PASSWORD)).status).toBe(200);
  });
});

describe("the owner of an account that somebody guesses at", () => {
  test("still gets in where it was opened before, and from nowhere else", async () => {
    await forget();
    const { ownerEmail: email } = owner;
    const device = deviceOf(await tries(email, PASSWORD));
    await statusesOf(FREE_FAILURES + 1, () => tries(email, "wrong"));
    expect((await tries(email, PASSWORD)).status).toBe(429);
    expect((await tries(email, PASSWORD, { device })).status).toBe(200);

    // A device says whose account was opened in it; somebody else's, a broken one, or a session's cookie says nothing.
    const others = deviceOf(await tries(other.ownerEmail, PASSWORD));
    for (const planted of [others, `${device.slice(0, -4)}AAAA`, "x", "%E0", "y".repeat(9_000)])
      expect((await tries(email, PASSWORD, { device: planted })).status).toBe(429);
  });

  test("is throttled on that device too, and opening one account there leaves the other known", async () => {
    await forget();
    const { ownerEmail: email } = owner;
    const first = deviceOf(await tries(email, PASSWORD));
    const both = deviceOf(await tries(other.ownerEmail, PASSWORD, { device: first }));
    const wrong = await statusesOf(FREE_FAILURES + 1, () => tries(email, "wrong", { device: both }));
    expect(wrong.slice(-2)).toEqual([401, 429]);
    expect((await tries(other.ownerEmail, PASSWORD, { device: both })).status).toBe(200);
    expect((await tries(email, PASSWORD)).status).toBe(200);
  });

  test("who mistypes and then gets it right begins anew, and forgives no stranger", async () => {
    await forget();
    const { ownerEmail: email } = owner;
    const [home, elsewhere] = [aNetwork(), aNetwork()];
    await statusesOf(5, () => tries(email, "wrong", { from: elsewhere }));
    await statusesOf(4, () => tries(email, "wrong", { from: home }));
    expect((await tries(email, PASSWORD, { from: home })).status).toBe(200);
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT count(*)::int AS count FROM sign_in_attempt WHERE NOT succeeded"),
    );
    expect(rows).toEqual([{ count: 5 }]);
  });
});

describe("a network", () => {
  test("has ten wrong passwords for all accounts together, an IPv6 one by its first half", async () => {
    for (const from of [() => "203.0.113.7", () => `2001:db8:0:7::${networks++}`]) {
      await forget();
      const statuses = await statusesOf(FREE_FAILURES + 1, () =>
        tries(`somebody-${networks++}@example.test`, "wrong", { from: from() }),
      );
      expect(statuses.slice(-2)).toEqual([401, 429]);
      expect((await tries(other.ownerEmail, PASSWORD, { from: from() })).status).toBe(429);
      expect((await tries(other.ownerEmail, PASSWORD, { from: "2001:db8:0:8::1" })).status).toBe(200);
    }
  });

  test("from which people sign in has as many again for each", async () => {
    await forget();
    const from = aNetwork();
    expect((await tries(other.ownerEmail, PASSWORD, { from })).status).toBe(200);
    const guess = () => tries(`somebody-${networks++}@example.test`, "wrong", { from });
    const statuses = await statusesOf(2 * FREE_FAILURES + 1, guess);
    expect(statuses.slice(-2)).toEqual([401, 429]);
  });
});
