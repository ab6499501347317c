import { beforeEach, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { createSession, findBelongings, findIdentity } from "@/lib/auth/data";
import { transact } from "@/lib/db/client";
import type { Role } from "@/lib/domain/permission";
import { invite } from "@/lib/invitations/service";
import { endOtherSessions, listSessions } from "@/lib/sessions/service";
import { switchOrganization } from "@/lib/sign-in/service";
import { anAsker } from "@/lib/testing/asker";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aWorld } from "@/lib/testing/world";
import {
  changeUser,
  endUser,
  endUserSessions,
  listUsers,
  resumeUser,
  suspendUser,
} from "@/lib/users/service";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await anOrganization({ now: new Date("2026-11-25T09:00:00Z") });
});

const sessionOf = ({ actor, organization, now }: Ctx) =>
  transact({}, (db) =>
    createSession(db, { userId: actor.userId, organizationId: organization.id, userAgent: "test", now }),
  );
const isIn = async (sessionId: string, now = ctx.now) => (await findIdentity(sessionId, now)) !== null;
const roles = (id: string, list: readonly Role[], roleEndsOn: string | null = null) => ({
  ...{ id, roles: [...list], roleEndsOn },
});
const userOf = async (id: string) => (await listUsers(ctx)).data.find((user) => user.id === id);

describe("the last owner", () => {
  test("stays an owner, without an end, and in", async () => {
    const id = ctx.actor.userId;
    await expectRefusal(changeUser(ctx, roles(id, ["finance"])), "last_owner");
    await expectRefusal(changeUser(ctx, roles(id, ["owner"], "2030-01-01")), "last_owner");
    await expectRefusal(suspendUser(ctx, { id }), "last_owner");
    await expectRefusal(endUser(ctx, { id }), "last_owner");
    expect(await userOf(id)).toMatchObject({ roles: ["owner"], roleEndsOn: null, suspended: false });
  });

  test("is not one who is kept out, or whose time ends", async () => {
    const second = await anActor(ctx, { roles: ["owner"] });
    await suspendUser(ctx, { id: second.actor.userId });
    await expectRefusal(endUser(ctx, { id: ctx.actor.userId }), "last_owner");
    await resumeUser(ctx, { id: second.actor.userId });
    await changeUser(ctx, roles(second.actor.userId, ["owner"], "2030-01-01"));
    await expectRefusal(endUser(ctx, { id: ctx.actor.userId }), "last_owner");
    await changeUser(ctx, roles(second.actor.userId, ["owner"]));
    await endUser(ctx, { id: ctx.actor.userId });
    expect(await userOf(ctx.actor.userId)).toBeUndefined();
  });

  test("of two who take it from each other at once, one does", async () => {
    for (const take of [
      (by: Ctx, id: string) => changeUser(by, roles(id, ["member"])),
      (by: Ctx, id: string) => endUser(by, { id }),
      (by: Ctx, id: string) => suspendUser(by, { id }),
    ]) {
      const one = await anOrganization();
      const other = await anActor(one, { roles: ["owner"] });
      const done = await Promise.allSettled([take(one, other.actor.userId), take(other, one.actor.userId)]);
      const lost = done.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
      expect(lost.map(({ reason }) => reason.code)).toEqual(["last_owner"]);
    }
  });

  test("of three, whoever lost the role a moment ago changes nothing with it", async () => {
    const other = await anActor(ctx, { roles: ["owner"] });
    await anActor(ctx, { roles: ["owner"] });
    const done = await Promise.allSettled([
      changeUser(ctx, roles(other.actor.userId, ["member"])),
      changeUser(other, roles(ctx.actor.userId, ["member"])),
    ]);
    const lost = done.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(lost.map(({ reason }) => reason.code)).toEqual(["forbidden"]);
  });

  test("answers 409 over the interface too", async () => {
    const world = await aWorld();
    const { asks } = await anAsker(world);
    const params = { id: world.owner.actor.userId };
    expect(await asks("DELETE users/[id]", { params })).toMatchObject({
      ...{ status: 409, body: { code: "last_owner" } },
    });
    expect(await asks("PUT users/[id]/suspension", { params, body: {} })).toMatchObject({ status: 409 });
  });
});

describe("what an owner changes counts from the next request", () => {
  let who: Ctx;
  let session = "";
  let elsewhere = "";
  beforeEach(async () => {
    who = await anActor(ctx, { roles: ["finance"] });
    session = await sessionOf(who);
    const other = await anOrganization();
    await transact({ organizationId: other.organization.id }, (db) =>
      db.organizationRole.create({
        data: {
          ...{ organizationId: other.organization.id, userId: who.actor.userId },
          ...{ role: "member", createdAt: ctx.now },
        },
      }),
    );
    elsewhere = await sessionOf({ ...other, actor: who.actor, now: ctx.now });
  });
  const id = () => who.actor.userId;

  test("other roles: signed in anew, and elsewhere untouched", async () => {
    await changeUser(ctx, roles(id(), ["auditor"]));
    expect([await isIn(session), await isIn(elsewhere)]).toEqual([false, true]);
    const again = await sessionOf(who);
    expect((await findIdentity(again, ctx.now))?.actor.roles).toEqual(["auditor"]);
  });

  test("an end alone leaves the session", async () => {
    await changeUser(ctx, roles(id(), ["finance"], "2026-12-01"));
    expect(await isIn(session)).toBe(true);
    const day = (date: string) => new Date(`${date}T09:00:00Z`);
    const later = await sessionOf({ ...who, now: day("2026-12-01") });
    expect([await isIn(later, day("2026-11-30")), await isIn(later, day("2026-12-01"))]).toEqual([
      true,
      false,
    ]);
  });

  test("suspended: kept out, with the roles as they were, until let in again", async () => {
    expect(await suspendUser(ctx, { id: id() })).toMatchObject({ suspended: true, roles: ["finance"] });
    expect(await isIn(session)).toBe(false);
    expect(await isIn(await sessionOf(who))).toBe(false);
    const places = async () => (await findBelongings(id(), ctx.now)).map((place) => place.organizationId);
    expect(await places()).not.toContain(ctx.organization.id);
    expect(await isIn(elsewhere)).toBe(true);
    await expectRefusal(
      switchOrganization({ sessionId: elsewhere, actor: who.actor, now: ctx.now }, ctx.organization.id),
      "not_found",
    );
    expect(await resumeUser(ctx, { id: id() })).toMatchObject({ suspended: false, roles: ["finance"] });
    expect(await isIn(await sessionOf(who))).toBe(true);
    expect(await places()).toContain(ctx.organization.id);
  });

  test("removed, or signed out by the owner", async () => {
    await endUserSessions(ctx, { id: id() });
    expect([await isIn(session), await isIn(elsewhere)]).toEqual([false, true]);
    const again = await sessionOf(who);
    const { email } = (await userOf(id()))!;
    const invitation = { email, name: "Again", teamIds: [], memberId: null, roleEndsOn: null };
    await invite(ctx, { ...invitation, roles: ["owner"] });
    await endUser(ctx, { id: id() });
    expect(await isIn(again)).toBe(false);
    const open = await transact({ organizationId: ctx.organization.id }, (db) =>
      db.invitation.count({ where: { organizationId: ctx.organization.id, revokedAt: null } }),
    );
    expect(open).toBe(0);
  });

  test("their own roles: the actor goes on in a session with another id", async () => {
    await anActor(ctx, { roles: ["owner"] });
    const own = await sessionOf(ctx);
    const beside = await sessionOf(ctx);
    const via = { kind: "session", sessionId: own, provenAt: ctx.now, connectionId: null } as const;
    const { sessionId } = await changeUser({ ...ctx, via }, roles(ctx.actor.userId, ["owner", "finance"]));
    expect(sessionId).not.toBeNull();
    expect([await isIn(own), await isIn(beside), await isIn(sessionId ?? "")]).toEqual([false, false, true]);
  });
});

test("a lead leads the teams that the owner says, from that day on", async () => {
  const world = await aWorld();
  const { owner, books, actors } = world;
  const id = actors.lead.actor.userId;
  const { platform, growth } = books.teams;
  const changed = await changeUser(owner, { ...roles(id, ["lead"]), teamIds: [growth] });
  expect(changed.user.ledTeamIds).toEqual([growth]);
  const session = await sessionOf(actors.lead);
  expect((await findIdentity(session, owner.now))?.actor.ledTeamIds).toEqual([growth]);
  const both = await changeUser(owner, { ...roles(id, ["lead"]), teamIds: [platform, growth] });
  expect(both.user.ledTeamIds).toEqual([platform, growth].sort());
  // Whoever was no member becomes one, since it is members who lead.
  const { userId } = actors.finance.actor;
  const made = await changeUser(owner, { ...roles(userId, ["finance", "lead"]), teamIds: [growth] });
  expect(made.user).toMatchObject({ memberId: expect.any(String), ledTeamIds: [growth] });
  const foreign = await aWorld();
  await expectRefusal(
    changeUser(owner, { ...roles(userId, ["lead"]), teamIds: [foreign.books.teams.growth] }),
    "not_found",
    "teamIds",
  );
});

test("sessions are listed while they live, with where and when, and end one by one or all others", async () => {
  const own = await sessionOf(ctx);
  const old = await sessionOf({ ...ctx, now: new Date("2026-11-24T20:59:59Z") });
  await sessionOf(ctx);
  await sessionOf(await anActor(ctx, { roles: ["finance"] }));
  const as = { ...ctx, sessionId: own };
  const listed = (await listSessions(as)).data;
  expect(listed.map(({ current }) => current).sort()).toEqual([false, true]);
  expect(listed[0]).toMatchObject({ userAgent: "test", lastSeenAt: ctx.now.toISOString() });
  expect(listed.map(({ id }) => id)).not.toContain(old);
  await endOtherSessions(as);
  expect((await listSessions(as)).data.map(({ id }) => id)).toEqual([own]);
});

test("none of it is there for somebody of another organization", async () => {
  const other = await anOrganization();
  const id = (await anActor(other, { roles: ["finance"] })).actor.userId;
  await expectRefusal(changeUser(ctx, roles(id, ["owner"])), "not_found");
  for (const change of [suspendUser, resumeUser, endUserSessions, endUser])
    await expectRefusal(change(ctx, { id }), "not_found");
  const { rows } = await asSuperuser((client) =>
    client.query("SELECT count(*)::int AS count FROM suspension WHERE user_id = $1", [id]),
  );
  expect(rows[0].count).toBe(0);
});
