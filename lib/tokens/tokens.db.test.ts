import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import { transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Role } from "@/lib/domain/permission";
import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { anActor } from "@/lib/testing/organization";
import { expectProblem } from "@/lib/testing/problem";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aToken, bearing } from "@/lib/testing/tokens";
import { aSession, aWorld, type World } from "@/lib/testing/world";
import { tokenInput } from "@/lib/tokens/schema";
import { createToken, listTokens, revokeToken } from "@/lib/tokens/service";
import { changeUser, endUser } from "@/lib/users/service";

// API tokens (security rows S17 and S19).

const routes = await findRoutes();
const UNKNOWN = { status: 401, code: "unauthenticated" } as const;
let world: World;
beforeAll(async () => {
  world = await aWorld();
});

async function asking(route: RouteName, asked: Asked, sessionId: string | null = null) {
  return await ask(routes.get(route)!, requestOf(route, asked), { params: asked.params ?? {}, sessionId });
}
const reading = (token: string, headers: Record<string, string> = {}) =>
  asking("GET organization", { headers: { ...headers, ...bearing(token) } });
const teamOf = (headers: Record<string, string>, sessionId: string | null = null) =>
  asking("POST teams", { body: { name: `Team ${newId()}`, code: newId().slice(-8) }, headers }, sessionId);

describe("a token that is none", () => {
  test("is nobody's, and never an error", async () => {
    const { token } = await aToken(world, "owner");
    const elsewhere = (await aToken(await aWorld(), "owner")).token;
    const wrong = [
      ...["%E0", "", " ", "twl_", "twl", "null", "\u00ff\u00fe", "x".repeat(14_000), newId()],
      ...[token.slice(0, -1), `${token}x`, token.slice(4), token.toUpperCase(), `${token} ${token}`],
      // The organization of one with the secret of the other.
      token.slice(0, 25) + elsewhere.slice(25),
      `twl_${"A".repeat(64)}`,
    ];
    for (const text of wrong) expectProblem(await reading(text), UNKNOWN, text);
    for (const said of ["Bearer", "bearer", "BEARER\t", `Bearer,${token}`, `Bearer${token}`])
      expectProblem(await asking("GET organization", { headers: { Authorization: said } }), UNKNOWN, said);
    for (const said of [`Bearer ${token}`, `bearer  ${token}`])
      expect((await asking("GET organization", { headers: { Authorization: said } })).status).toBe(200);
  });

  test("is not helped by a session that comes along", async () => {
    const sessionId = await aSession(world, "owner");
    const headers = bearing(`twl_${"A".repeat(64)}`);
    expectProblem(await asking("GET organization", { headers }, sessionId), UNKNOWN);
    // What a proxy in front asks for is not about us.
    const basic = { Authorization: "Basic YTpi" };
    expect((await asking("GET organization", { headers: basic }, sessionId)).status).toBe(200);
  });

  test("is refused for a while after fifty of them, and a right one is not", async () => {
    const from = { "X-Forwarded-For": "203.0.113.77" };
    const { token } = await aToken(world, "owner");
    for (let n = 0; n < 50; n++) expect((await reading(`twl_${"B".repeat(64)}`, from)).status).toBe(401);
    const late = await reading(`twl_${"C".repeat(64)}`, from);
    expectProblem(late, { status: 429, code: "too_many_attempts" });
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await reading(token, from)).status).toBe(200);
    expect((await reading(`twl_${"C".repeat(64)}`)).status).toBe(401);
  });
});

describe("a token", () => {
  test("needs no origin, which a cookie does", async () => {
    const foreign = { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" };
    const { token } = await aToken(world, "owner");
    expect((await teamOf({ ...foreign, ...bearing(token) })).status).toBe(201);
    expect((await teamOf(foreign, await aSession(world, "owner"))).status).toBe(403);
  });

  test("stands nowhere in the database, also where its making may be repeated", async () => {
    const key = { "Idempotency-Key": newId() };
    const body = {
      name: "Once",
      scopes: ["read"],
      expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
    };
    const sessionId = await aSession(world, "owner");
    const first = await asking("POST tokens", { body, headers: key }, sessionId);
    const again = await asking("POST tokens", { body, headers: key }, sessionId);
    expect([first.status, again.body]).toEqual([201, first.body]);
    const token: string = first.body.token;
    expect(token).toMatch(/^twl_[\w-]{64}$/);
    const rows = await asSuperuser(async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
      );
      const texts: string[] = [];
      for (const { name } of tables) {
        const { rows: found } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`);
        texts.push(...found.map(({ row }) => row));
      }
      return texts.join("\n");
    });
    expect(rows).toContain(token.slice(-4));
    expect(rows).not.toContain(token.slice(-40));
    const { data } = await listTokens(world.owner);
    expect(JSON.stringify(data)).not.toContain(token.slice(-40));
    expect(data.find(({ id }) => id === first.body.id)).toMatchObject({ ending: token.slice(-4) });
  });

  test("tells when it was last used", async () => {
    const { id, token } = await aToken(world, "owner");
    const one = async () => (await listTokens(world.owner)).data.find((each) => each.id === id);
    expect((await one())?.lastUsedAt).toBeNull();
    await reading(token);
    expect(Date.now() - Date.parse((await one())?.lastUsedAt ?? "")).toBeLessThan(10_000);
  });

  test("ends when it is ended, and when its time is over", async () => {
    const { id, token } = await aToken(world, "owner");
    const other = await aToken(world, "owner");
    expect((await reading(token)).status).toBe(200);
    await revokeToken(world.owner, { id });
    expectProblem(await reading(token), UNKNOWN);
    await expectRefusal(revokeToken(world.owner, { id }), "not_found");
    const organizationId = world.owner.organization.id;
    await transact({ organizationId }, (db) =>
      db.apiToken.updateMany({
        where: { id: other.id },
        data: { createdAt: new Date(Date.now() - 9_000), expiresAt: new Date(Date.now() - 1_000) },
      }),
    );
    expectProblem(await reading(other.token), UNKNOWN);
  });

  test("lives for a year at most, and begins to", async () => {
    const on = (expiresOn: string) =>
      createToken(world.owner, tokenInput.parse({ name: "Long", scopes: ["read"], expiresOn }));
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await expectRefusal(on(day(0)), "invalid_input", "expiresOn");
    await expectRefusal(on(day(370)), "invalid_input", "expiresOn");
    await on(day(1));
    await on(day(366));
  });

  test("says in the trail that it was there", async () => {
    const { id, token, name } = await aToken(world, "owner");
    const { body } = await teamOf(bearing(token));
    const { data } = await listAuditEvents(world.owner, auditFilter.parse({ targetId: body.id }));
    expect(data).toMatchObject([
      { actor: { id: world.owner.actor.userId }, after: { apiTokenId: id }, names: { [id]: name } },
    ]);
  });

  test("is seen and ended by its maker and by owners", async () => {
    const { id } = await aToken(world, "finance");
    const seenBy = async (who: "owner" | "finance" | "auditor") =>
      (await listTokens(world.actors[who])).data.some((each) => each.id === id);
    expect([await seenBy("owner"), await seenBy("finance"), await seenBy("auditor")]).toEqual([
      true,
      true,
      false,
    ]);
    await expectRefusal(revokeToken(world.actors.auditor, { id }), "not_found");
    await expectRefusal(revokeToken((await aWorld()).owner, { id }), "not_found");
    await revokeToken(world.owner, { id });
  });
});

describe("the rights of its maker", () => {
  let maker: Awaited<ReturnType<typeof anActor>>;
  beforeEach(async () => {
    maker = await anActor(world.owner, { roles: ["owner"] });
  });

  const made = (survives: boolean) =>
    createToken(
      maker,
      tokenInput.parse({
        ...{ name: "Nightly", scopes: ["write_facts"], survives },
        expiresOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
      }),
    );
  const become = (roles: Role[], roleEndsOn: string | null = null) =>
    changeUser(world.owner, { id: maker.actor.userId, roles, roleEndsOn });

  test("change at once with their role", async () => {
    const { token } = await made(false);
    expect((await teamOf(bearing(token))).status).toBe(201);
    await become(["auditor"]);
    expect((await teamOf(bearing(token))).status).toBe(403);
    expect((await reading(token)).status).toBe(200);
    await become(["auditor"], "2026-01-01");
    expect((await reading(token)).status).toBe(401);
    await become(["finance"]);
    expect((await teamOf(bearing(token))).status).toBe(201);
  });

  test("are gone with them, and the token with that", async () => {
    const { id, token } = await made(false);
    await endUser(world.owner, { id: maker.actor.userId });
    expect((await reading(token)).status).toBe(401);
    expect((await listTokens(world.owner)).data.map((each) => each.id)).not.toContain(id);
  });

  test("stay as they last were with a token that was made to stay", async () => {
    const { id, token } = await made(true);
    await become(["finance"]);
    await endUser(world.owner, { id: maker.actor.userId });
    expect((await teamOf(bearing(token))).status).toBe(201);
    // An owner made it, but was one no longer.
    expect((await asking("GET messages", { headers: bearing(token) })).status).toBe(403);
    const left = (await listTokens(world.owner)).data.find((each) => each.id === id);
    expect(left).toMatchObject({ survives: true, orphaned: true });
    await revokeToken(world.owner, { id });
    expect((await reading(token)).status).toBe(401);
  });

  test("do not come back with a role that has an end", async () => {
    const { token } = await made(true);
    await become(["auditor"], "2026-01-01");
    await endUser(world.owner, { id: maker.actor.userId });
    expect((await reading(token)).status).toBe(401);
  });

  test("let nobody but an owner make one that outlasts them", async () => {
    await expectRefusal(aToken(world, "finance", { survives: true }), "forbidden");
    await aToken(world, "finance", { survives: false });
  });
});
