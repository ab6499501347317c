import "server-only";

import { authorize, authorizeFresh, type Ctx, type OrganizationId } from "@/lib/auth/ctx";
import { createSession } from "@/lib/auth/data";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import { recordAudit } from "@/lib/db/audit";
import { type Db, lockBooks, read, transact, write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { assertPasswordAllowed } from "@/lib/domain/password";
import type { Role } from "@/lib/domain/permission";
import type { Page } from "@/lib/fields/schema";
import { assertNotMerged } from "@/lib/members/data";
import { insertUser } from "@/lib/setup/data";
import { findCredentials } from "@/lib/sign-in/data";
import { leaveTokens } from "@/lib/tokens/data";
import {
  endSessions,
  findInvitations,
  findOpenInvitation,
  findOwnerIds,
  findSessions,
  findTeamIds,
  findUsers,
  getUser,
  insertInvitation,
  joinAsMember,
  type OpenInvitation,
  removeUser,
  replaceRoles,
  revokeInvitation,
  useInvitation,
} from "@/lib/users/data";
import type {
  AcceptanceInput,
  Invitation,
  InvitationInput,
  InvitationPreview,
  NewInvitation,
  Session,
  User,
  UserChange,
} from "@/lib/users/schema";
import { newToken, readToken } from "@/lib/users/token";

const INVITATION_DAYS = 7;
type SessionCtx = Ctx & { readonly sessionId: string };

/** Who may sign in to this organization, and as what. */
export async function listUsers(ctx: Ctx): Promise<Page<User>> {
  authorize(ctx, "user:read");
  return { data: await read(ctx, (db) => findUsers(db, ctx)), nextCursor: null };
}

/** Other roles, from the next request on. An organization keeps an owner. */
export async function changeUser(ctx: Ctx, { id, roles, roleEndsOn }: UserChange): Promise<User> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  return await write(ctx, async (db) => {
    const before = await getUser(db, ctx, id);
    await assertOwnerStays(db, ctx, id, { roles, roleEndsOn });
    await replaceRoles(db, ctx, { userId: id, roles, endsOn: roleEndsOn });
    const after = await getUser(db, ctx, id);
    await recordAudit(db, ctx, { action: "user.change", targetType: "user", targetId: id, before, after });
    return after;
  });
}

export async function endUser(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  await write(ctx, async (db) => {
    const before = await getUser(db, ctx, id);
    await assertOwnerStays(db, ctx, id, { roles: [], roleEndsOn: null });
    await leaveTokens(db, ctx, id);
    await removeUser(db, ctx, id);
    await recordAudit(db, ctx, { action: "user.remove", targetType: "user", targetId: id, before });
    return null;
  });
}

/** Other roles for a user must leave an owner, without an end. */
async function assertOwnerStays(
  db: Db,
  ctx: Ctx,
  userId: string,
  { roles, roleEndsOn }: { roles: readonly Role[]; roleEndsOn: string | null },
): Promise<void> {
  if (roles.includes("owner") && roleEndsOn === null) return;
  const owners = await findOwnerIds(db, ctx);
  if (owners.length === 1 && owners[0] === userId) {
    throw new DomainError("last_owner", "This is the last owner. Make somebody else an owner first.");
  }
}

export async function listInvitations(ctx: Ctx): Promise<Page<Invitation>> {
  authorize(ctx, "user:write");
  return { data: await read(ctx, (db) => findInvitations(db, ctx)), nextCursor: null };
}

/** A one-time link for a colleague; it is shown now and never again. */
export async function invite(ctx: Ctx, input: InvitationInput): Promise<NewInvitation> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  const { token, tokenHash } = newToken(ctx.organization.id);
  const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000);
  return await write(ctx, async (db) => {
    await assertTeams(db, ctx, input.teamIds);
    await assertNotMerged(db, ctx, [input.memberId]);
    const invitation = await insertInvitation(db, ctx, input, { tokenHash, expiresAt });
    await recordAudit(db, ctx, {
      action: "invitation.create",
      targetType: "invitation",
      targetId: invitation.id,
      after: { roles: input.roles, teamIds: input.teamIds },
    });
    return { ...invitation, link: `${process.env.NEXTAUTH_URL ?? ""}/join/${token}` };
  });
}

async function assertTeams(db: Db, ctx: Ctx, teamIds: readonly string[]): Promise<void> {
  const found = await findTeamIds(db, ctx, teamIds);
  if (teamIds.every((id) => found.has(id))) return;
  const message = "There is no such team.";
  throw new DomainError("not_found", message, { fields: { teamIds: message } });
}

export async function revoke(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "user:write");
  await write(ctx, async (db) => {
    await revokeInvitation(db, ctx, id);
    await recordAudit(db, ctx, { action: "invitation.revoke", targetType: "invitation", targetId: id });
    return null;
  });
}

/** What a link is for; null when it cannot be used, whatever the reason. */
export async function previewInvitation(token: string, now: Date): Promise<InvitationPreview | null> {
  const opened = await openInvitation(token, now);
  if (!opened) return null;
  const { invitation } = opened;
  const known = await findCredentials(invitation.email);
  const asks = invitation.signsInUserId ? "nothing" : known?.passwordHash ? "own_password" : "new_password";
  return { organization: invitation.organization.name, email: invitation.email, name: invitation.name, asks };
}

async function openInvitation(token: string, now: Date) {
  const read = readToken(token);
  if (!read) return null;
  const { organizationId, tokenHash } = read;
  const invitation = await transact({ organizationId }, (db) =>
    findOpenInvitation(db, { organizationId, tokenHash, now }),
  );
  return invitation && { invitation, organizationId };
}

type Caller = { readonly userAgent: string; readonly now: Date; readonly requestId: string };

/**
 * Uses a one-time link: makes the account or proves the existing one, gives the roles, and signs in. Of two that use
 * it at once, one gets in.
 *
 * @throws DomainError `invitation_invalid`, `unauthenticated`, `invalid_input`
 */
export async function acceptInvitation(
  input: AcceptanceInput,
  caller: Caller,
): Promise<{ readonly sessionId: string }> {
  const opened = await openInvitation(input.token, caller.now);
  if (!opened) throw invalid();
  const { invitation, organizationId } = opened;
  const userId = await provenUser(invitation, input);
  const passwordHash = userId === null ? await newPassword(invitation, input) : null;

  return await transact({ organizationId }, async (db) => {
    await lockBooks(db, organizationId);
    if (!(await useInvitation(db, organizationId, invitation.id, caller.now))) throw invalid();
    const name = input.name || invitation.name;
    const id =
      userId ??
      (await insertUser(db, {
        name,
        email: invitation.email,
        passwordHash: required(passwordHash),
        now: caller.now,
      }));
    if (!invitation.signsInUserId) await join(db, invitation, id, caller);
    const { userAgent, now } = caller;
    return { sessionId: await createSession(db, { userId: id, organizationId, userAgent, now }) };
  });
}

async function join(db: Db, invitation: OpenInvitation, userId: string, caller: Caller) {
  const { organization, roles, roleEndsOn } = invitation;
  const ctx: Ctx = {
    // The link proves the belonging that it gives.
    organization: { ...organization, id: organization.id as OrganizationId },
    actor: { userId, roles, memberId: null, ledTeamIds: [] },
    via: { kind: "server" },
    now: caller.now,
    requestId: caller.requestId,
  };
  await assertOwnerStays(db, ctx, userId, { roles, roleEndsOn });
  await replaceRoles(db, ctx, { userId, roles, endsOn: roleEndsOn });
  const memberId = await joinAsMember(db, invitation, userId, caller.now);
  await recordAudit(db, ctx, {
    action: "invitation.accept",
    targetType: "user",
    targetId: userId,
    after: { roles, memberId, invitationId: invitation.id },
  });
}

/** The account that the link is for: named by it, or proven by its password; null when there is none yet. */
async function provenUser(
  { signsInUserId, email }: OpenInvitation,
  { password }: AcceptanceInput,
): Promise<string | null> {
  if (signsInUserId) return signsInUserId;
  const known = await findCredentials(email);
  if (!known) return null;
  if (await verifyPassword(known.passwordHash, password)) return known.id;
  throw new DomainError("unauthenticated", "This is not the password of your account.", {
    fields: { password: "This is not the password of your account." },
  });
}

async function newPassword({ email }: OpenInvitation, { password }: AcceptanceInput): Promise<string> {
  assertPasswordAllowed(password, email);
  return await hashPassword(password);
}

const invalid = (): DomainError =>
  new DomainError("invitation_invalid", "This link is no longer valid. Ask for a new one.");

export async function listSessions(ctx: SessionCtx): Promise<Page<Session>> {
  authorize(ctx, "session:own");
  return { data: await read(ctx, (db) => findSessions(db, ctx)), nextCursor: null };
}

export async function endSession(ctx: SessionCtx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "session:own");
  authorizeFresh(ctx);
  const count = await read(ctx, (db) => endSessions(db, ctx, id));
  required(count > 0 ? count : null);
}

/** Ends every other session of the actor. */
export async function endOtherSessions(ctx: SessionCtx): Promise<void> {
  authorize(ctx, "session:own");
  authorizeFresh(ctx);
  await read(ctx, (db) => endSessions(db, ctx, null));
}
