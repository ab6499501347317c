import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, transact } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import { utcDateOf } from "@/lib/domain/calendar-date";
import type { Role } from "@/lib/domain/permission";
import type { Invitation, InvitationInput, Session, User } from "@/lib/users/schema";

export async function findUsers(db: Db, ctx: Ctx): Promise<User[]> {
  const organizationId = ctx.organization.id;
  const roles = await db.organizationRole.findMany({
    where: { organizationId },
    orderBy: { createdAt: "asc" },
    select: { role: true, endsOn: true, user: { select: { id: true, name: true, email: true } } },
  });
  const members = await db.member.findMany({
    where: { organizationId, userId: { not: null } },
    select: { id: true, userId: true },
  });
  const memberOf = new Map(members.map(({ id, userId }) => [userId, id]));
  return [...Map.groupBy(roles, ({ user }) => user.id).values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    return [
      {
        ...first.user,
        roles: rows.map(({ role }) => role),
        roleEndsOn: fromDbDateOrNull(first.endsOn),
        memberId: memberOf.get(first.user.id) ?? null,
      },
    ];
  });
}

export async function getUser(db: Db, ctx: Ctx, id: string): Promise<User> {
  return required((await findUsers(db, ctx)).find((user) => user.id === id));
}

/** The users who own the organization today. */
export async function findOwnerIds(db: Db, ctx: Pick<Ctx, "organization" | "now">): Promise<string[]> {
  const today = toDbDate(utcDateOf(ctx.now));
  const rows = await db.organizationRole.findMany({
    where: {
      organizationId: ctx.organization.id,
      role: "owner",
      OR: [{ endsOn: null }, { endsOn: { gt: today } }],
    },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}

export async function replaceRoles(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  { userId, roles, endsOn }: { userId: string; roles: readonly Role[]; endsOn: string | null },
): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.organizationRole.deleteMany({ where: { organizationId, userId } });
  await db.organizationRole.createMany({
    data: roles.map((role) => ({
      organizationId,
      userId,
      role,
      endsOn: toDbDateOrNull(endsOn),
      createdAt: ctx.now,
    })),
  });
}

/** Takes the user's roles and their sessions in this organization; the account stays, for others they belong to. */
export async function removeUser(db: Db, ctx: Ctx, userId: string): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.organizationRole.deleteMany({ where: { organizationId, userId } });
  await db.member.updateMany({ where: { organizationId, userId }, data: { userId: null } });
  await db.session.deleteMany({ where: { organizationId, userId } });
}

const INVITATION = { id: true, email: true, name: true, roles: true, expiresAt: true } as const;

type InvitationRow = { id: string; email: string; name: string; roles: Role[]; expiresAt: Date };
const toInvitation = ({ expiresAt, ...row }: InvitationRow): Invitation => ({
  ...row,
  expiresAt: expiresAt.toISOString(),
});

/** Which of these teams there are. The list in an invitation is one that the database does not look after. */
export async function findTeamIds(db: Db, ctx: Ctx, teamIds: readonly string[]): Promise<Set<string>> {
  const where = { organizationId: ctx.organization.id, id: { in: [...teamIds] } };
  const rows = await db.team.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** Invitations that somebody could still accept. */
export async function findInvitations(db: Db, ctx: Ctx): Promise<Invitation[]> {
  const rows = await db.invitation.findMany({
    where: {
      organizationId: ctx.organization.id,
      acceptedAt: null,
      revokedAt: null,
      signsInUserId: null,
      expiresAt: { gt: ctx.now },
    },
    orderBy: { id: "asc" },
    select: INVITATION,
  });
  return rows.map(toInvitation);
}

export async function insertInvitation(
  db: Db,
  ctx: Ctx,
  { memberId, roleEndsOn, ...input }: InvitationInput & { readonly signsInUserId?: string },
  { tokenHash, expiresAt }: { tokenHash: string; expiresAt: Date },
): Promise<Invitation> {
  const row = await db.invitation.create({
    data: {
      organizationId: ctx.organization.id,
      id: newId(),
      ...input,
      memberId,
      roleEndsOn: toDbDateOrNull(roleEndsOn),
      tokenHash,
      expiresAt,
      createdAt: ctx.now,
      createdById: ctx.actor.userId,
    },
    select: INVITATION,
  });
  return toInvitation(row);
}

export async function revokeInvitation(db: Db, ctx: Ctx, id: string): Promise<void> {
  const { count } = await db.invitation.updateMany({
    where: { organizationId: ctx.organization.id, id, acceptedAt: null, revokedAt: null },
    data: { revokedAt: ctx.now },
  });
  required(count > 0 ? count : null);
}

export type OpenInvitation = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly teamIds: readonly string[];
  readonly roleEndsOn: string | null;
  readonly signsInUserId: string | null;
  readonly memberId: string | null;
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly baseCurrency: string;
    readonly fiscalYearStart: number;
    readonly booksStart: string;
    readonly demo: boolean;
  };
};

/** The invitation behind a hash, while it can be accepted. */
export async function findOpenInvitation(
  db: Db,
  { organizationId, tokenHash, now }: { organizationId: string; tokenHash: string; now: Date },
): Promise<OpenInvitation | null> {
  const row = await db.invitation.findUnique({
    where: { organizationId_tokenHash: { organizationId, tokenHash } },
    select: {
      id: true,
      email: true,
      name: true,
      roles: true,
      teamIds: true,
      roleEndsOn: true,
      signsInUserId: true,
      memberId: true,
      acceptedAt: true,
      revokedAt: true,
      expiresAt: true,
      organization: {
        select: {
          id: true,
          name: true,
          baseCurrency: true,
          fiscalYearStart: true,
          booksStart: true,
          demo: true,
        },
      },
    },
  });
  if (!row || row.acceptedAt || row.revokedAt || row.expiresAt <= now) return null;
  const { acceptedAt: _, revokedAt: __, expiresAt: ___, roleEndsOn, ...open } = row;
  return { ...open, roleEndsOn: fromDbDateOrNull(roleEndsOn) };
}

/** Marks it used; false when somebody else was quicker. */
export async function useInvitation(db: Db, organizationId: string, id: string, now: Date): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { organizationId, id, acceptedAt: null, revokedAt: null },
    data: { acceptedAt: now },
  });
  return count === 1;
}

/** Ties the user to their member, found by the invitation or the address, or made; with what a lead will lead. */
export async function joinAsMember(
  db: Db,
  { organization, memberId, email, name, teamIds }: OpenInvitation,
  userId: string,
  now: Date,
): Promise<string> {
  const organizationId = organization.id;
  const found = memberId
    ? await db.member.findFirst({
        where: { organizationId, id: memberId, userId: null },
        select: { id: true },
      })
    : await db.member.findFirst({ where: { organizationId, email, userId: null }, select: { id: true } });
  const id = found?.id ?? newId();
  if (found)
    await db.member.update({ where: { organizationId_id: { organizationId, id } }, data: { userId } });
  else await db.member.create({ data: { organizationId, id, name, email, userId, createdAt: now } });
  const startsOn = toDbDate(utcDateOf(now));
  await db.teamLead.createMany({
    data: teamIds.map((teamId) => ({ organizationId, id: newId(), teamId, memberId: id, startsOn })),
  });
  return id;
}

export async function findSessions(db: Db, ctx: Ctx & { readonly sessionId: string }): Promise<Session[]> {
  const rows = await db.session.findMany({
    where: { userId: ctx.actor.userId, expiresAt: { gt: ctx.now } },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
  });
  return rows.map(({ createdAt, lastSeenAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: row.id === ctx.sessionId,
  }));
}

/** Ends sessions of the actor: one, or all but the current one. */
export async function endSessions(
  db: Db,
  ctx: Ctx & { readonly sessionId: string },
  id: string | null,
): Promise<number> {
  const { count } = await db.session.deleteMany({
    where: { userId: ctx.actor.userId, id: id ?? { not: ctx.sessionId } },
  });
  return count;
}

/** Everybody who has an account, in any organization, first come first. */
export function findAccounts(): Promise<{ id: string; email: string; name: string }[]> {
  return transact({}, (db) =>
    db.user.findMany({ orderBy: { createdAt: "asc" }, select: { id: true, email: true, name: true } }),
  );
}

/** Another password; whoever was signed in with the old one is signed out. */
export async function replacePassword(db: Db, userId: string, passwordHash: string): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { passwordHash } });
  await db.session.deleteMany({ where: { userId } });
}
