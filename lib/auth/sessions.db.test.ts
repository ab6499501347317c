import { beforeAll, describe, expect, test, vi } from "vitest";

import { createSession, findIdentity, renewSession } from "@/lib/auth/data";
import { transact } from "@/lib/db/client";
import { IDLE_SECONDS, SESSION_SECONDS } from "@/lib/domain/session-life";
import { aWorld, type World } from "@/lib/testing/world";

let world: World;
beforeAll(async () => {
  world = await aWorld();
});

const start = new Date("2026-11-25T09:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const isIn = async (id: string, seconds: number) => (await findIdentity(id, later(seconds))) !== null;

const open = () =>
  transact({}, (db) =>
    createSession(db, {
      ...{ userId: world.owner.actor.userId, organizationId: world.owner.organization.id },
      ...{ userAgent: "test", now: start },
    }),
  );

/** The same code once more, with a pool of its own, as another instance of the application runs it. */
async function anotherInstance(): Promise<typeof import("@/lib/auth/data")> {
  vi.resetModules();
  const kept = Reflect.get(globalThis, "twolinePrisma");
  Reflect.deleteProperty(globalThis, "twolinePrisma");
  const other = await import("@/lib/auth/data");
  await other.findIdentity(await open(), start);
  expect(Reflect.get(globalThis, "twolinePrisma")).not.toBe(kept);
  return other;
}

describe("a session", () => {
  test("that is used lives on, and that is left alone for twelve hours is over", async () => {
    const id = await open();
    expect(await isIn(id, IDLE_SECONDS - 1)).toBe(true);
    expect(await isIn(id, 2 * IDLE_SECONDS - 2)).toBe(true);
    expect(await isIn(id, 3 * IDLE_SECONDS)).toBe(false);
  });

  test("is over after seven days, however much it is used and whatever id it has", async () => {
    let id = await open();
    for (let at = 0; at < SESSION_SECONDS; at += IDLE_SECONDS - 60) {
      expect(await isIn(id, at)).toBe(true);
      id = await transact({}, (db) => renewSession(db, id, { provenAt: later(at) }));
    }
    expect(await isIn(id, SESSION_SECONDS - 1)).toBe(true);
    expect(await isIn(id, SESSION_SECONDS)).toBe(false);
  });

  test("that one instance ends is over on all others", async () => {
    const id = await open();
    const other = await anotherInstance();
    expect(await other.findIdentity(id, later(1))).not.toBeNull();
    expect(await isIn(id, 2)).toBe(true);
    await other.deleteSession(id);
    expect(await isIn(id, 3)).toBe(false);
    const back = await open();
    await transact({}, (db) => renewSession(db, back));
    expect(await other.findIdentity(back, later(4))).toBeNull();
  });
});
