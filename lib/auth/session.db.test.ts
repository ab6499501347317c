import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, test } from "vitest";

import { sealSession } from "@/lib/auth/cookie";
import { authSecret } from "@/lib/auth/secret";
import { transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { IDLE_SECONDS } from "@/lib/domain/session-life";
import { ask, findRoutes, requestOf } from "@/lib/testing/ask";
import { expectProblem } from "@/lib/testing/problem";
import { aSession, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

const routes = await findRoutes();
let world: World;
let sessionId: string;
beforeAll(async () => {
  world = await aWorld();
  sessionId = await aSession(world, "owner");
});

const asking = (who: { sessionId: string | null; cookie?: string }, route = "GET organization" as const) =>
  ask(routes.get(route)!, requestOf(route, {}), who);

describe("a cookie that does not name a session of ours", () => {
  test("is nobody's, and never an error", async () => {
    const sealed = await sealSession(sessionId);
    expect((await asking({ sessionId: null, cookie: sealed })).status).toBe(200);
    const other = { token: { sessionId }, secret: "another secret of more than 32 characters" };
    const ours = (token: Record<string, unknown>) => encode({ token, secret: authSecret() });
    const cookies = [
      ...["", "x", "...", "%E0", "\u0000", "null", sessionId, "x".repeat(14_000)],
      ...[
        sealed.slice(0, -1),
        sealed.slice(1),
        `${sealed}x`,
        sealed.replace(/^[^.]+/, "eyJhbGciOiJub25lIn0"),
      ],
      await encode(other),
      await ours({}),
      await ours({ sessionId: newId() }),
      await ours({ sessionId: "' OR true --" }),
      await ours({ sessionId: [sessionId] }),
      await ours({ sessionId: "-".repeat(36) }),
      await encode({ token: { sessionId }, secret: authSecret(), maxAge: -60 }),
    ];
    for (const cookie of cookies)
      expectProblem(
        await asking({ sessionId: null, cookie }),
        { status: 401, code: "unauthenticated" },
        cookie,
      );
  });
});

describe("a cookie that was there before signing in", () => {
  const signIn = async (cookie: string) => {
    const route = "POST session" as const;
    const request = requestOf(route, {
      body: { email: world.ownerEmail, password: PASSWORD, connect: false },
    });
    const { status, headers } = await ask(routes.get(route)!, request, { sessionId: null, cookie });
    expect(status).toBe(200);
    return /^twoline\.session=([^;]+)/.exec(headers.get("set-cookie") ?? "")?.[1] ?? "";
  };

  test("that somebody planted opens nothing afterwards", async () => {
    await givePassword(world);
    const planted = await sealSession(newId());
    const own = await signIn(planted);
    expect(own).not.toBe(planted);
    expect((await asking({ sessionId: null, cookie: own })).status).toBe(200);
    expect((await asking({ sessionId: null, cookie: planted })).status).toBe(401);
  });

  test("that is somebody else's session stays theirs", async () => {
    await givePassword(world);
    const others = await sealSession(await aSession(world, "member"));
    const who = async (cookie: string) => {
      const { body } = await ask(routes.get("GET account")!, requestOf("GET account", {}), {
        sessionId: null,
        cookie,
      });
      return body.email;
    };
    const before = await who(others);
    expect(await who(await signIn(others))).toBe(world.ownerEmail);
    expect(await who(others)).toBe(before);
  });
});

describe("a session", () => {
  const change = (id: string, data: { expiresAt?: Date; lastSeenAt?: Date }) =>
    transact({}, (db) => db.session.update({ where: { id }, data }));
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

  test("is over when it is signed out", async () => {
    const id = await aSession(world, "member");
    const signOut = "DELETE session" as const;
    const left = await ask(routes.get(signOut)!, requestOf(signOut, {}), { sessionId: id });
    expect(left.headers.get("set-cookie")).toMatch(/^twoline\.session=; .*Max-Age=0$/);
    expect((await asking({ sessionId: id })).status).toBe(401);
  });

  test("is over after its time, and after it was not used for long", async () => {
    for (const past of [{ expiresAt: ago(1) }, { lastSeenAt: ago(IDLE_SECONDS + 1) }]) {
      const id = await aSession(world, "member");
      expect((await asking({ sessionId: id })).status).toBe(200);
      await change(id, past);
      expect((await asking({ sessionId: id })).status).toBe(401);
    }
  });

  test("ends with all others of its user, and no one else's", async () => {
    const [one, two, others] = [
      await aSession(world, "finance"),
      await aSession(world, "finance"),
      await aSession(world, "auditor"),
    ];
    const end = "DELETE sessions" as const;
    expect((await ask(routes.get(end)!, requestOf(end, {}), { sessionId: one })).status).toBe(204);
    const statuses = [one, two, others].map(async (id) => (await asking({ sessionId: id })).status);
    expect(await Promise.all(statuses)).toEqual([200, 401, 200]);
  });
});
