import { beforeAll, describe, expect, test } from "vitest";

import { openSession } from "@/lib/auth/cookie";
import { authorizeFresh } from "@/lib/auth/ctx";
import { transact } from "@/lib/db/client";
import { FRESH_SECONDS } from "@/lib/domain/session-life";
import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { expectProblem } from "@/lib/testing/problem";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { proofOf } from "@/lib/testing/second-factor";
import { aSession, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

const routes = await findRoutes();
let world: World;
beforeAll(async () => {
  world = await aWorld();
  await givePassword(world);
});

const aStaleSession = () => aSession(world, "owner", FRESH_SECONDS);

const asking = (route: RouteName, asked: Asked, sessionId: string) =>
  ask(routes.get(route)!, requestOf(route, asked), { params: asked.params ?? {}, sessionId });

const PROOF = "PUT session/proof" as const;
const prove = async (sessionId: string, password = PASSWORD) =>
  asking(PROOF, { body: await proofOf(world, "owner", password) }, sessionId);

const sessionOf = (headers: Headers) =>
  openSession(/^[^=]+=([^;]+)/.exec(headers.get("set-cookie") ?? "")?.[1]);

const REFUSED = { status: 403, code: "fresh_sign_in_required" } as const;

describe("what takes a fresh sign-in", () => {
  test.each(ROUTE_TABLE.filter(({ fresh }) => fresh))(
    "$route: refused, and done after the proof",
    async (row) => {
      const asked = await row.request(world, "owner");
      const stale = await aStaleSession();
      expectProblem(await asking(row.route, asked, stale), REFUSED);
      const renewed = await sessionOf((await prove(stale)).headers);
      expect((await asking(row.route, asked, renewed ?? "")).status).toBe(row.status);
    },
  );

  test("is open to whoever proved it less than an hour ago, and to the house itself", () => {
    const now = new Date();
    const via = {
      kind: "session",
      sessionId: "",
      provenAt: new Date(now.getTime() - FRESH_SECONDS * 1_000 + 1),
      connectionId: null,
    } as const;
    expect(() => authorizeFresh({ ...world.owner, now, via })).not.toThrow();
    expect(() => authorizeFresh({ ...world.owner, via: { kind: "server" } })).not.toThrow();
  });
});

describe("proving it once more", () => {
  test("gives the session another id, and not a longer life", async () => {
    const stale = await aStaleSession();
    const lifeOf = (id: string) =>
      transact({}, (db) =>
        db.session.findUniqueOrThrow({ where: { id }, select: { createdAt: true, expiresAt: true } }),
      );
    const life = await lifeOf(stale);
    const proven = await prove(stale);
    expect(proven.status).toBe(204);
    const renewed = (await sessionOf(proven.headers)) ?? "";
    expect(renewed).not.toBe(stale);
    expect((await asking("GET organization", {}, stale)).status).toBe(401);
    expect((await asking("GET organization", {}, renewed)).status).toBe(200);
    expect(await lifeOf(renewed)).toEqual(life);
  });

  test("takes the person's own password, and not for ever", async () => {
    const stale = await aStaleSession();
    const wrong = await prove(stale, "not the password");
    expectProblem(wrong, { status: 400, code: "invalid_input", fields: ["password"] });
    expect(wrong.headers.get("set-cookie")).toBeNull();
    expect((await prove(await aSession(world, "finance"))).status).toBe(400);
    for (let tries = 2; tries <= 10; tries++) await prove(stale, "not the password");
    expectProblem(await prove(stale), { status: 429, code: "too_many_attempts" });
  });
});
