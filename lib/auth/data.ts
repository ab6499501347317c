import "server-only";

import type { Actor, Ctx, CtxOrganization, OrganizationId, SystemCtx } from "@/lib/auth/ctx";
import { type Db, enter, transact } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import type { Role } from "@/lib/domain/permission";
import { type SecondFactorStep, secondFactorStep } from "@/lib/domain/second-factor";
import { endOf, isOver } from "@/lib/domain/session-life";
import type { TokenScope } from "@/lib/domain/token-scope";

/** How often a session's last use is written down. */
const SEEN_EVERY_MS = 60_000;

export type Identity = {
  readonly sessionId: string;
  /** When they last proved who they are. */
  readonly provenAt: Date;
  /** The provider that vouched for them, if one did. */
  readonly connectionId: string | null;
  /** What they still have to show before anything else is open. */
  readonly step: SecondFactorStep;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly organization: CtxOrganization;
  readonly actor: Actor;
};

/**
 * Who a session is for, read anew for every request, so that a sign-out, a changed role or a removed member counts at
 * once. Null when the session is over or the user has no role left.
 */
export function findIdentity(sessionId: string, now: Date): Promise<Identity | null> {
  return transact({}, async (db) => {
    const session = await db.session.findUnique({
      where: { id: sessionId },
      select: {
        organizationId: true,
        lastSeenAt: true,
        expiresAt: true,
        provenAt: true,
        connectionId: true,
        secondFactorAt: true,
        user: {
          select: { id: true, name: true, email: true, secondFactor: { select: { confirmedAt: true } } },
        },
      },
    });
    if (!session || isOver(session, now)) return null;

    const { organizationId, provenAt, connectionId, secondFactorAt } = session;
    const { secondFactor, ...user } = session.user;
    await enter(db, { organizationId });
    const found = await findActor(db, organizationId, user.id, now);
    if (!found) return null;
    const { secondFactorRoles, ...known } = found;
    const step = secondFactorStep({
      roles: found.actor.roles,
      requiredOf: secondFactorRoles,
      hasOne: secondFactor?.confirmedAt != null,
      proven: secondFactorAt !== null,
      vouched: connectionId !== null,
    });
    if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_MS) {
      await db.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } });
    }
    return { sessionId, provenAt, connectionId, step, user, ...known };
  });
}

/** Whom a token acts for; its maker, as far as they may today, or what they could when they left it behind. */
export type TokenIdentity = Pick<Identity, "organization" | "actor"> & {
  readonly tokenId: string;
  readonly scopes: readonly TokenScope[];
};

/** The token with a hash, read anew for every request; null when it is none, has ended, or its maker has no right. */
export function findTokenIdentity(
  { organizationId, tokenHash }: { readonly organizationId: string; readonly tokenHash: string },
  now: Date,
): Promise<TokenIdentity | null> {
  return transact({ organizationId }, async (db) => {
    const where = { organizationId_tokenHash: { organizationId, tokenHash } };
    const token = await db.apiToken.findUnique({ where });
    if (!token || token.endedAt || token.expiresAt <= now) return null;
    const { id, scopes, madeById, keptRoles, lastUsedAt } = token;
    const found = await findActor(db, organizationId, madeById, now, keptRoles);
    if (!found) return null;
    const { organization, actor } = found;
    if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > SEEN_EVERY_MS) {
      await db.apiToken.updateMany({ where: { organizationId, id }, data: { lastUsedAt: now } });
    }
    return { tokenId: id, scopes, organization, actor };
  });
}

/** @param keptRoles what holds for somebody who has left, of whom there is no role any more */
async function findActor(
  db: Db,
  organizationId: string,
  userId: string,
  now: Date,
  keptRoles: readonly Role[] = [],
) {
  const today = toDbDate(utcDateOf(now));
  const inForce = { OR: [{ endsOn: null }, { endsOn: { gt: today } }] };
  const organization = await db.organization.findUnique({
    where: { id: organizationId },
    select: {
      name: true,
      baseCurrency: true,
      fiscalYearStart: true,
      booksStart: true,
      demo: true,
      secondFactorRoles: true,
      organizationRoles: { where: { userId, ...inForce }, select: { role: true } },
      suspensions: { where: { userId }, select: { userId: true } },
      members: {
        where: { userId },
        select: {
          id: true,
          teamLeads: { where: { startsOn: { lte: today }, ...inForce }, select: { teamId: true } },
        },
      },
    },
  });
  if (!organization) return null;
  const { organizationRoles, suspensions, members, secondFactorRoles, ...fields } = organization;
  // Who is kept out is out with every token of theirs.
  if (suspensions.length > 0) return null;
  const own = organizationRoles.map(({ role }) => role);
  const left =
    own.length === 0 && (await db.organizationRole.count({ where: { organizationId, userId } })) === 0;
  const roles = left ? keptRoles : own;
  if (roles.length === 0) return null;
  // The one place where an organization's id becomes a proof that the user belongs to it.
  const id = organizationId as OrganizationId;
  return {
    organization: { id, ...fields },
    /** Of which roles the organization asks for a second factor. */
    secondFactorRoles,
    actor: {
      userId,
      roles,
      memberId: members[0]?.id ?? null,
      ledTeamIds: members.flatMap(({ teamLeads }) => teamLeads.map(({ teamId }) => teamId)),
    },
  };
}

/** The context of a user without a session, for the commands of whoever runs the server; null without a role there. */
export function findCtx(
  { userId, organizationId }: { userId: string; organizationId: string },
  now: Date,
): Promise<Ctx | null> {
  return transact({ organizationId }, async (db) => {
    const found = await findActor(db, organizationId, userId, now);
    if (!found) return null;
    const { organization, actor } = found;
    return { organization, actor, via: { kind: "server" }, now, requestId: "command-line" };
  });
}

/** The context of a worker that does what nobody asked for. */
export function findSystemCtx(organizationId: string, now: Date): Promise<SystemCtx> {
  return transact({ organizationId }, async (db) => {
    const { id: _, ...organization } = await db.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: {
        ...{ id: true, name: true, baseCurrency: true, fiscalYearStart: true },
        ...{ booksStart: true, demo: true },
      },
    });
    return {
      organization: { id: organizationId as OrganizationId, ...organization },
      actor: { userId: null },
      now,
      requestId: "worker",
    };
  });
}

/** Opens a session in an organization; the id is new, so a planted cookie is worth nothing. */
export async function createSession(
  db: Db,
  session: { userId: string; organizationId: string; userAgent: string; now: Date; connectionId?: string },
): Promise<string> {
  const id = newId();
  const { now, userAgent, ...fields } = session;
  await db.session.create({
    data: {
      id,
      ...fields,
      userAgent: userAgent.slice(0, 300),
      createdAt: now,
      lastSeenAt: now,
      provenAt: now,
      expiresAt: endOf(now),
    },
  });
  return id;
}

/**
 * Gives a session another id, so that what knew the old one is worth nothing. It lives no longer for that.
 *
 * @throws DomainError `unauthenticated`, for a session that has ended meanwhile
 */
export async function renewSession(
  db: Db,
  sessionId: string,
  change: {
    readonly provenAt?: Date;
    readonly secondFactorAt?: Date;
    readonly organizationId?: OrganizationId;
  } = {},
): Promise<string> {
  const id = newId();
  const { count } = await db.session.updateMany({ where: { id: sessionId }, data: { id, ...change } });
  if (count === 0) throw new DomainError("unauthenticated", "Sign in first.");
  return id;
}

export function deleteSession(sessionId: string): Promise<void> {
  return transact({}, async (db) => {
    await db.session.deleteMany({ where: { id: sessionId } });
  });
}

export type Belonging = {
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly demo: boolean;
};

/** The organizations that a user has a role in, by name. */
export async function findBelongings(userId: string, now: Date): Promise<Belonging[]> {
  const today = toDbDate(utcDateOf(now));
  return await transact({ userId }, async (db) => {
    const roles = await db.organizationRole.findMany({
      where: { userId, OR: [{ endsOn: null }, { endsOn: { gt: today } }] },
      distinct: ["organizationId"],
      select: { organizationId: true },
    });
    const belongings: Belonging[] = [];
    for (const { organizationId } of roles) {
      // Each is looked at from inside: the database shows one organization at a time.
      await enter(db, { organizationId });
      const organization = await db.organization.findUnique({
        where: { id: organizationId },
        select: { name: true, demo: true, suspensions: { where: { userId }, select: { userId: true } } },
      });
      if (!organization || organization.suspensions.length > 0) continue;
      const { name, demo } = organization;
      belongings.push({ organizationId: organizationId as OrganizationId, name, demo });
    }
    return belongings.sort((a, b) => a.name.localeCompare(b.name, "en"));
  });
}

export function countUsers(): Promise<number> {
  return transact({}, (db) => db.user.count());
}

export async function findUser(userId: string): Promise<{ readonly name: string; readonly email: string }> {
  return await transact({}, (db) =>
    db.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true, email: true } }),
  );
}
