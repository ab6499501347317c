import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { renewSession } from "@/lib/auth/data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/permission";
import type { Page } from "@/lib/fields/schema";
import { revokeInvitationsOf } from "@/lib/invitations/data";
import { endSessionsHere } from "@/lib/sessions/data";
import { leaveTokens } from "@/lib/tokens/data";
import {
  findRoles,
  findTeamIds,
  findUsers,
  getUser,
  hasOwner,
  insertSuspension,
  removeSuspension,
  removeUser,
  replaceLedTeams,
  replaceRoles,
  tieMember,
} from "@/lib/users/data";
import type { User, UserChange } from "@/lib/users/schema";

type ById = { readonly id: string };

/** Who may sign in to this organization, and as what. */
export async function listUsers(ctx: Ctx): Promise<Page<User>> {
  authorize(ctx, "user:read");
  return { data: await read(ctx, (db) => findUsers(db, ctx)), nextCursor: null };
}

/**
 * Other roles, another end, other teams to lead. Who has other rights signs in anew; the actor goes on in a session with
 * another id, if it is about themselves.
 *
 * @throws DomainError `last_owner`, `not_found`, `fresh_sign_in_required`
 */
export async function changeUser(
  ctx: Ctx,
  { id, roles, roleEndsOn, teamIds }: UserChange,
): Promise<{ readonly user: User; readonly sessionId: string | null }> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  return await changing(ctx, async (db) => {
    const before = await getUser(db, ctx, id);
    await replaceRoles(db, ctx, { userId: id, roles, endsOn: roleEndsOn });
    if (teamIds && roles.includes("lead")) {
      await assertTeams(db, ctx, teamIds);
      await replaceLedTeams(db, ctx, await tieMember(db, ctx, before, id), teamIds);
    }
    const user = await getUser(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "user.change",
      targetType: "user",
      targetId: id,
      before,
      after: user,
    });
    const sessionId = rightsOf(before) === rightsOf(user) ? null : await signInAnew(db, ctx, id);
    return { user, sessionId };
  });
}

const rightsOf = ({ roles, ledTeamIds }: User): string => [...roles, ...ledTeamIds].sort().join(" ");

/** Ends what they have open here. @returns the actor's own session, when it is them */
async function signInAnew(db: Db, ctx: Ctx, userId: string): Promise<string | null> {
  const own = userId === ctx.actor.userId && ctx.via.kind === "session";
  const sessionId = own ? await renewSession(db, ctx.via.sessionId) : null;
  await endSessionsHere(db, ctx, userId, { except: sessionId });
  return sessionId;
}

/** Takes the access away; what they entered stays. */
export async function endUser(ctx: Ctx, { id }: ById): Promise<void> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  await changing(ctx, async (db) => {
    const before = await getUser(db, ctx, id);
    await leaveTokens(db, ctx, id);
    await removeUser(db, ctx, id);
    await endSessionsHere(db, ctx, id);
    await revokeInvitationsOf(db, ctx, before.email);
    await recordAudit(db, ctx, { action: "user.remove", targetType: "user", targetId: id, before });
    return null;
  });
}

/** Keeps somebody out from their next request on, until they are let in again; their roles stay as they are. */
export async function suspendUser(ctx: Ctx, { id }: ById): Promise<User> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  return await changing(ctx, async (db) => {
    await getUser(db, ctx, id);
    await insertSuspension(db, ctx, id);
    await endSessionsHere(db, ctx, id);
    await recordAudit(db, ctx, { action: "user.suspend", targetType: "user", targetId: id });
    return await getUser(db, ctx, id);
  });
}

export async function resumeUser(ctx: Ctx, { id }: ById): Promise<User> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  return await changing(ctx, async (db) => {
    await getUser(db, ctx, id);
    await removeSuspension(db, ctx, id);
    await recordAudit(db, ctx, { action: "user.resume", targetType: "user", targetId: id });
    return await getUser(db, ctx, id);
  });
}

/** Signs somebody out of this organization wherever they are signed in. */
export async function endUserSessions(ctx: Ctx, { id }: ById): Promise<void> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  await write(ctx, async (db) => {
    await getUser(db, ctx, id);
    const except = ctx.via.kind === "session" ? ctx.via.sessionId : null;
    await endSessionsHere(db, ctx, id, { except });
    await recordAudit(db, ctx, { action: "user.sign_out", targetType: "user", targetId: id });
    return null;
  });
}

/**
 * A change of who may do what. It leaves an owner, and of two people who take each other's rights at once, one does:
 * whoever comes second is looked at as they are by then.
 */
function changing<T>(ctx: Ctx, work: (db: Db) => Promise<T>): Promise<T> {
  return write(ctx, async (db) => {
    // A token may outlive its maker, and ends when it is taken back.
    const still = ctx.via.kind === "token" || can(await findRoles(db, ctx, ctx.actor.userId), "user:write");
    const done = await work(db);
    await assertOwnerStays(db, ctx);
    if (!still) throw new DomainError("forbidden", "Your role in this organization does not allow that.");
    return done;
  });
}

/** @throws DomainError `last_owner`, when nobody owns the organization without an end any more */
export async function assertOwnerStays(db: Db, ctx: Pick<Ctx, "organization" | "now">): Promise<void> {
  if (await hasOwner(db, ctx)) return;
  throw new DomainError("last_owner", "This is the last owner. Make somebody else an owner first.");
}

export async function assertTeams(db: Db, ctx: Ctx, teamIds: readonly string[]): Promise<void> {
  const found = await findTeamIds(db, ctx, teamIds);
  if (teamIds.every((id) => found.has(id))) return;
  const message = "There is no such team.";
  throw new DomainError("not_found", message, { fields: { teamIds: message } });
}
