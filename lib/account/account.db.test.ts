import { beforeAll, expect, test } from "vitest";

import { openSession } from "@/lib/auth/cookie";
import { findIdentity } from "@/lib/auth/data";
import { ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { expectProblem } from "@/lib/testing/problem";
import { aSession, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

const NEW = "quite another password";
const routes = await findRoutes();
let world: World;
beforeAll(async () => {
  world = await aWorld();
  await givePassword(world);
});

const asking = (route: RouteName, body: unknown, sessionId: string) =>
  ask(routes.get(route)!, requestOf(route, { body }), { sessionId });
const isIn = async (id: string) => (await findIdentity(id, new Date())) !== null;

test("another password takes the present one, ends every other session and gives this one another id", async () => {
  const [own, other, finance] = [
    await aSession(world, "owner"),
    await aSession(world, "owner"),
    await aSession(world, "finance"),
  ];
  const change = (current: string, password: string) =>
    asking("PUT account/password", { current, password }, own);
  expectProblem(await change("not the password", NEW), {
    ...{ status: 400, code: "invalid_input", fields: ["current"] },
  });
  for (const bad of ["short", "1qaz2wsx3edc", `${world.ownerEmail}`])
    expectProblem(await change(PASSWORD, bad), {
      ...{ status: 400, code: "invalid_input", fields: ["password"] },
    });
  expect(await Promise.all([own, other].map(isIn))).toEqual([true, true]);
  const { status, headers } = await change(PASSWORD, NEW);
  expect(status).toBe(204);
  const renewed = (await openSession(/=([^;]+)/.exec(headers.get("set-cookie") ?? "")?.[1])) ?? "";
  expect(await Promise.all([own, other, finance, renewed].map(isIn))).toEqual([false, false, true, true]);
});

test("another name is told by the account, and the trail does not keep it", async () => {
  const sessionId = await aSession(world, "auditor");
  const changed = await asking("PATCH account", { name: "Grace Hopper" }, sessionId);
  expect(changed.body).toMatchObject({ name: "Grace Hopper", hasPassword: false });
  const owner = await aSession(world, "owner");
  const audit = requestOf("GET audit", { query: { limit: "1" } });
  const { body } = await ask(routes.get("GET audit")!, audit, { sessionId: owner });
  expect(body.data[0]).toMatchObject({ action: "user.rename" });
  expect(JSON.stringify(body.data[0].after)).not.toContain("Grace");
});
