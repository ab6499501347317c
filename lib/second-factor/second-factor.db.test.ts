import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { openSession } from "@/lib/auth/cookie";
import { findIdentity } from "@/lib/auth/data";
import { transact } from "@/lib/db/client";
import { FRESH_SECONDS } from "@/lib/domain/session-life";
import { FREE_FAILURES } from "@/lib/domain/sign-in-throttle";
import { findFactor } from "@/lib/second-factor/data";
import { changePolicy, readPolicy } from "@/lib/second-factor/policy";
import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { expectProblem } from "@/lib/testing/problem";
import { expectRefusal } from "@/lib/testing/refusal";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { aSecondFactor, codeAt, noSecondFactor, wrongCodeFor } from "@/lib/testing/second-factor";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aToken, bearing } from "@/lib/testing/tokens";
import { aHalfSession, aSession, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";
import { removeSecondFactorByCommand } from "@/lib/users/operator";

const routes = await findRoutes();
let world: World;
beforeAll(async () => {
  world = await aWorld();
  await givePassword(world);
});
afterEach(() => asSuperuser((client) => client.query("DELETE FROM sign_in_attempt")));

const asking = (route: RouteName, sessionId: string | null, asked: Asked = {}, handlers = routes) =>
  ask(handlers.get(route)!, requestOf(route, asked), { params: asked.params ?? {}, sessionId });
const cookieOf = ({ headers }: { headers: Headers }, name: string) =>
  headers
    .getSetCookie()
    .map((cookie) => new RegExp(`^twoline\\.${name}=([^;]+)`).exec(cookie)?.[1])
    .find(Boolean);
const sessionOf = async (answer: { headers: Headers }) =>
  (await openSession(cookieOf(answer, "session"))) ?? "";
const proving = (sessionId: string, code: string, handlers = routes) =>
  asking("PUT session/second-factor", sessionId, { body: { code } }, handlers);
const signingIn = () =>
  asking("POST session", null, { body: { email: world.ownerEmail, password: PASSWORD } });
const statusOf = async (sessionId: string) => (await asking("GET organization", sessionId)).status;
const actionsOf = async () => {
  const { rows } = await asSuperuser((client) =>
    client.query<{ action: string }>(
      "SELECT action FROM audit_event WHERE organization_id = $1 ORDER BY id DESC LIMIT 3",
      [world.owner.organization.id],
    ),
  );
  return rows.map(({ action }) => action);
};

const WANTED = { status: 401, code: "second_factor_required" } as const;
const MISSING = { status: 403, code: "second_factor_missing" } as const;
const WRONG = { status: 400, code: "invalid_input", fields: ["code"] } as const;

async function askOf(roles: readonly ("owner" | "finance" | "auditor")[]): Promise<void> {
  const { version } = await readPolicy(world.owner);
  await changePolicy(world.owner, { version, secondFactorRoles: [...roles] });
}

describe("setting one up", () => {
  test("shows a secret, takes a first code of it, tells ten codes once, and ends other sessions", async () => {
    await noSecondFactor(world, "owner");
    const [own, other] = [await aHalfSession(world, "owner"), await aHalfSession(world, "owner")];
    const { body: setup } = await asking("PUT account/second-factor/setup", own);
    expect(setup.uri).toMatch(/^otpauth:\/\/totp\/Twoline[:%]/);
    expect(setup.uri).toContain(setup.secret);
    expect(setup.qr.path).toMatch(/^M\d/);

    // It does not count before a code of it was typed.
    expect(await statusOf(own)).toBe(200);
    const confirm = (code: string) => asking("PUT account/second-factor", own, { body: { code } });
    expectProblem(await confirm(wrongCodeFor(setup.secret)), WRONG);
    const code = codeAt(setup.secret);
    const on = await confirm(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(on.status).toBe(200);
    expect(new Set(on.body.recoveryCodes).size).toBe(10);
    expect(on.body.recoveryCodes[0]).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
    const renewed = await sessionOf(on);
    expect(await Promise.all([own, other, renewed].map(statusOf))).toEqual([401, 401, 200]);
    expect(await actionsOf()).toContain("user.second_factor_on");

    expect((await asking("GET account/second-factor", renewed)).body).toEqual({
      ...{ enabled: true, required: false, vouched: false, recoveryCodesLeft: 10 },
    });
    for (const route of ["PUT account/second-factor/setup", "PUT account/second-factor"] as const)
      expectProblem(await asking(route, renewed, route.endsWith("setup") ? {} : { body: { code } }), {
        ...{ status: 409, code: "second_factor_exists" },
      });
    // The code that turned it on opens nothing any more.
    expectProblem(await proving(await aHalfSession(world, "owner"), code), WRONG);
  });

  test("keeps no secret and no code that could be read", async () => {
    const { secret, recoveryCodes } = await aSecondFactor(world, "owner");
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT f.*, c.hash FROM second_factor f JOIN recovery_code c ON c.user_id = f.id"),
    );
    const kept = JSON.stringify(rows);
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const text of [secret, ...recoveryCodes]) expect(kept).not.toContain(text);
  });
});

describe("a session for which only the password was shown", () => {
  test("opens no route but those that show the rest of it or end it", async () => {
    await aSecondFactor(world, "owner");
    const half = await aHalfSession(world, "owner");
    const open: string[] = [];
    for (const { route } of ROUTE_TABLE) {
      const handler = routes.get(route)!;
      if (handler.access === "public" || !handler.access) continue;
      if (handler.openBefore.includes("prove")) {
        open.push(route);
        continue;
      }
      expectProblem(await asking(route, half), WANTED, route);
    }
    expect(open.sort()).toEqual(["DELETE session", "PUT session/second-factor"]);
    expect((await asking("DELETE session", half)).status).toBe(204);
  });

  test("is what a right password gives; its code opens it, and makes the browser known", async () => {
    const { secret } = await aSecondFactor(world, "owner");
    const signedIn = await signingIn();
    expect(signedIn.body).toMatchObject({ secondFactor: true });
    expect(cookieOf(signedIn, "device")).toBeUndefined();
    const half = await sessionOf(signedIn);
    expect(await statusOf(half)).toBe(401);
    const proven = await proving(half, codeAt(secret));
    expect(proven.status).toBe(204);
    expect(cookieOf(proven, "device")).toBeDefined();
    const whole = await sessionOf(proven);
    expect(await Promise.all([half, whole].map(statusOf))).toEqual([401, 200]);
  });
});

describe("a code", () => {
  test("is taken once, also of two sessions at once, and none that is older", async () => {
    const { secret } = await aSecondFactor(world, "owner");
    const halves = await Promise.all([1, 2, 3, 4].map(() => aHalfSession(world, "owner")));
    const code = codeAt(secret);
    const answers = await Promise.all(halves.map((half) => proving(half, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400]);
    const half = await aHalfSession(world, "owner");
    expectProblem(await proving(half, codeAt(secret, new Date(), -1)), WRONG);
    expect((await proving(half, codeAt(secret, new Date(), 1))).status).toBe(204);
  });

  test("of another time, of somebody else or of no form is wrong", async () => {
    const { secret } = await aSecondFactor(world, "owner");
    const { secret: theirs } = await aSecondFactor(world, "finance");
    const half = await aHalfSession(world, "owner");
    const codes = [codeAt(secret, new Date(), 4), codeAt(secret, new Date(), -4), codeAt(theirs)];
    for (const code of [...codes, "12345", "abcdef", "１２３４５６", "' OR true"])
      expectProblem(await proving(half, code), WRONG, code);
    await noSecondFactor(world, "finance");
  });

  test("may be guessed at ten times, on all instances together; then it is 429, the right one too", async () => {
    const { secret, recoveryCodes } = await aSecondFactor(world, "owner");
    const half = await aHalfSession(world, "owner");
    const wrong = wrongCodeFor(secret);
    for (let tries = 0; tries < FREE_FAILURES; tries++) {
      // A right password in between forgives no wrong code.
      if (tries === 5) expect((await signingIn()).status).toBe(200);
      expectProblem(await proving(half, wrong), WRONG);
    }
    vi.resetModules();
    const handlers = await findRoutes();
    for (const code of [codeAt(secret), recoveryCodes[0] ?? ""]) {
      const refused = await proving(half, code, handlers);
      expectProblem(refused, { status: 429, code: "too_many_attempts" });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(800);
    }
  });
});

describe("a recovery code", () => {
  test("opens once, is told of, and is worth nothing after new ones", async () => {
    const { recoveryCodes } = await aSecondFactor(world, "owner");
    const [first = "", second = ""] = recoveryCodes;
    const opened = await proving(await aHalfSession(world, "owner"), first.toUpperCase());
    expect(opened.status).toBe(204);
    expect(await actionsOf()).toContain("user.recovery_code");
    expectProblem(await proving(await aHalfSession(world, "owner"), first), WRONG);

    const whole = await sessionOf(opened);
    expect((await asking("GET account/second-factor", whole)).body).toMatchObject({ recoveryCodesLeft: 9 });
    const { body } = await asking("PUT account/second-factor/recovery-codes", whole);
    expect(body.recoveryCodes).toHaveLength(10);
    expectProblem(await proving(await aHalfSession(world, "owner"), second), WRONG);
    expect((await proving(await aHalfSession(world, "owner"), body.recoveryCodes[1])).status).toBe(204);
  });
});

describe("where the organization asks for one of a role", () => {
  test("its people set it up before anything else, from their next request on", async () => {
    await noSecondFactor(world, "auditor");
    const [auditor, finance] = [await aHalfSession(world, "auditor"), await aHalfSession(world, "finance")];
    expect(await statusOf(auditor)).toBe(200);
    await askOf(["auditor"]);
    expect(await actionsOf()).toContain("organization.second_factor");
    const open: string[] = [];
    for (const { route } of ROUTE_TABLE) {
      const handler = routes.get(route)!;
      if (handler.access === "public" || !handler.access) continue;
      if (handler.openBefore.includes("set_up")) open.push(route);
      else expectProblem(await asking(route, auditor), MISSING, route);
    }
    expect(open.sort()).toEqual([
      ...["DELETE session", "GET account", "PUT account/second-factor", "PUT account/second-factor/setup"],
      "PUT session/proof",
    ]);
    expect(await statusOf(finance)).toBe(200);

    const { body: setup } = await asking("PUT account/second-factor/setup", auditor);
    const code = codeAt(setup.secret);
    const on = await asking("PUT account/second-factor", auditor, { body: { code } });
    const whole = await sessionOf(on);
    expect(await statusOf(whole)).toBe(200);
    expect((await asking("GET account/second-factor", whole)).body).toMatchObject({ required: true });
    expectProblem(await asking("DELETE account/second-factor", whole), { status: 403, code: "forbidden" });

    await askOf([]);
    expect((await asking("DELETE account/second-factor", whole)).status).toBe(204);
    expect(await actionsOf()).toContain("user.second_factor_off");
    // What the codes of the one before proved counts for none.
    await askOf(["auditor"]);
    expectProblem(await asking("GET organization", whole), MISSING);
    await askOf([]);
  });

  test("a token of theirs goes on: it is no password, and made to run unattended", async () => {
    await noSecondFactor(world, "auditor");
    const { token } = await aToken(world, "auditor", { scopes: ["read"] });
    await askOf(["auditor"]);
    expect((await asking("GET organization", null, { headers: bearing(token) })).status).toBe(200);
    await askOf([]);
  });
});

describe("somebody for whom a provider vouches", () => {
  test("is asked for none, and cannot touch what guards their password", async () => {
    await aSecondFactor(world, "owner");
    await askOf(["owner"]);
    const connectionId = world.owner.organization.id;
    const id = await aHalfSession(world, "owner");
    await transact({}, (db) => db.session.update({ where: { id }, data: { connectionId } }));
    expect(await statusOf(id)).toBe(200);
    const changes = [
      ...(["PUT account/second-factor/setup", "PUT account/second-factor/recovery-codes"] as const),
      "DELETE account/second-factor" as const,
    ];
    for (const route of changes)
      expectProblem(await asking(route, id), { status: 403, code: "forbidden" }, route);
    await askOf([]);
  });
});

describe("proving once more who it is", () => {
  test("takes password and code", async () => {
    const { secret } = await aSecondFactor(world, "owner");
    const stale = await aSession(world, "owner", FRESH_SECONDS);
    const prove = (body: object) => asking("PUT session/proof", stale, { body });
    expectProblem(await prove({ password: PASSWORD }), WRONG);
    expectProblem(await prove({ password: PASSWORD, code: wrongCodeFor(secret) }), WRONG);
    expectProblem(await prove({ password: "not it", code: codeAt(secret) }), {
      ...{ status: 400, code: "invalid_input", fields: ["password"] },
    });
    const proven = await prove({ password: PASSWORD, code: codeAt(secret) });
    expect(proven.status).toBe(204);
    const renewed = await sessionOf(proven);
    expect((await asking("DELETE account/second-factor", renewed)).status).toBe(204);
  });
});

test("whoever runs the server takes it off, which ends every session and is told of", async () => {
  await aSecondFactor(world, "owner");
  const session = await aSession(world, "owner");
  const now = new Date();
  await removeSecondFactorByCommand(world.ownerEmail, now);
  expect(await findIdentity(session, now)).toBeNull();
  expect(await transact({}, (db) => findFactor(db, world.owner.actor.userId))).toBeNull();
  expect(await actionsOf()).toContain("user.second_factor_lost");
  expect((await signingIn()).body).toMatchObject({ secondFactor: false });
  await expectRefusal(removeSecondFactorByCommand(world.ownerEmail, now), "not_found");
});
