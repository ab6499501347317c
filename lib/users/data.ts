import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, transact } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import { utcDateOf } from "@/lib/domain/calendar-date";
import type { Role } from "@/lib/domain/permission";
import type { User } from "@/lib/users/schema";

type Here = Pick<Ctx, "organization" | "now">;

export async function findUsers(db: Db, ctx: Here): Promise<User[]> {
  const organizationId = ctx.organization.id;
  const today = toDbDate(utcDateOf(ctx.now));
  const roles = await db.organizationRole.findMany({
    where: { organizationId },
    orderBy: { createdAt: "asc" },
    select: { role: true, endsOn: true, user: { select: { id: true, name: true, email: true } } },
  });
  const members = await db.member.findMany({
    where: { organizationId, userId: { not: null } },
    select: {
      id: true,
      userId: true,
      teamLeads: {
        where: { startsOn: { lte: today }, OR: [{ endsOn: null }, { endsOn: { gt: today } }] },
        select: { teamId: true },
      },
    },
  });
  const suspensions = await db.suspension.findMany({ where: { organizationId }, select: { userId: true } });
  const suspended = new Set(suspensions.map(({ userId }) => userId));
  const memberOf = new Map(members.map((member) => [member.userId, member]));
  return [...Map.groupBy(roles, ({ user }) => user.id).values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const member = memberOf.get(first.user.id);
    return [
      {
        ...first.user,
        roles: rows.map(({ role }) => role),
        roleEndsOn: fromDbDateOrNull(first.endsOn),
        memberId: member?.id ?? null,
        ledTeamIds: (member?.teamLeads ?? []).map(({ teamId }) => teamId).sort(),
        suspended: suspended.has(first.user.id),
      },
    ];
  });
}

export async function getUser(db: Db, ctx: Here, id: string): Promise<User> {
  return required((await findUsers(db, ctx)).find((user) => user.id === id));
}

/** The users who own the organization today. */
export async function findOwnerIds(db: Db, { organization, now }: Here): Promise<string[]> {
  const today = toDbDate(utcDateOf(now));
  const rows = await db.organizationRole.findMany({
    where: {
      ...{ organizationId: organization.id, role: "owner" },
      OR: [{ endsOn: null }, { endsOn: { gt: today } }],
    },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}

/** Whether somebody owns the organization today and without an end, and is not kept out. */
export async function hasOwner(db: Db, { organization }: Here): Promise<boolean> {
  const organizationId = organization.id;
  const owners = await db.organizationRole.findMany({
    where: { organizationId, role: "owner", endsOn: null },
    select: { userId: true },
  });
  const ids = owners.map(({ userId }) => userId);
  const suspended = await db.suspension.count({ where: { organizationId, userId: { in: ids } } });
  return ids.length > suspended;
}

/** What somebody may do in the organization at this moment; nothing while they are kept out. */
export async function findRoles(db: Db, { organization, now }: Here, userId: string): Promise<Role[]> {
  const organizationId = organization.id;
  if (await isSuspended(db, organization, userId)) return [];
  const today = toDbDate(utcDateOf(now));
  const rows = await db.organizationRole.findMany({
    where: { organizationId, userId, OR: [{ endsOn: null }, { endsOn: { gt: today } }] },
    select: { role: true },
  });
  return rows.map(({ role }) => role);
}

export async function replaceRoles(
  db: Db,
  ctx: Here,
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

/** Takes the user's roles in this organization and their calendar's address; the account stays, for others they belong to. */
export async function removeUser(db: Db, ctx: Here, userId: string): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.organizationRole.deleteMany({ where: { organizationId, userId } });
  await db.suspension.deleteMany({ where: { organizationId, userId } });
  await db.member.updateMany({ where: { organizationId, userId }, data: { userId: null } });
  await db.calendarFeed.deleteMany({ where: { organizationId, userId } });
}

/** Removes an account that has no role in any books; where some that they left long ago refer to it, it is emptied. */
export async function removeAccount(db: Db, userId: string, pseudonym: string): Promise<void> {
  // Those books are not to be seen from here.
  await db.$executeRaw`SAVEPOINT account_goes`;
  try {
    await db.user.deleteMany({ where: { id: userId } });
  } catch {
    await db.$executeRaw`ROLLBACK TO SAVEPOINT account_goes`;
    await db.session.deleteMany({ where: { userId } });
    await db.secondFactor.deleteMany({ where: { id: userId } });
    await db.user.update({
      where: { id: userId },
      data: { name: pseudonym, email: `${userId}@erased.invalid`, passwordHash: null },
    });
  }
}

export async function insertSuspension(db: Db, ctx: Ctx, userId: string): Promise<void> {
  const { organization, actor, now: createdAt } = ctx;
  const id = { organizationId: organization.id, userId };
  await db.suspension.createMany({
    data: [{ ...id, createdAt, createdById: actor.userId }],
    skipDuplicates: true,
  });
}

export async function removeSuspension(db: Db, { organization }: Here, userId: string): Promise<void> {
  await db.suspension.deleteMany({ where: { organizationId: organization.id, userId } });
}

export async function isSuspended(
  db: Db,
  { id: organizationId }: { readonly id: string },
  userId: string,
): Promise<boolean> {
  return (await db.suspension.count({ where: { organizationId, userId } })) > 0;
}

/** Which of these teams there are. The list in an invitation is one that the database does not look after. */
export async function findTeamIds(db: Db, ctx: Here, teamIds: readonly string[]): Promise<Set<string>> {
  const where = { organizationId: ctx.organization.id, id: { in: [...teamIds] } };
  const rows = await db.team.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

type Tied = { readonly memberId: string | null; readonly email: string; readonly name: string };

/** Ties the user to their member, found by its id or the address, or made. */
export async function tieMember(
  db: Db,
  { organization, now }: { readonly organization: { readonly id: string }; readonly now: Date },
  { memberId, email, name }: Tied,
  userId: string,
): Promise<string> {
  const organizationId = organization.id;
  const where = memberId ? { id: memberId } : { email };
  const found =
    (await db.member.findFirst({ where: { organizationId, userId }, select: { id: true } })) ??
    (await db.member.findFirst({ where: { organizationId, userId: null, ...where }, select: { id: true } }));
  const id = found?.id ?? newId();
  if (found)
    await db.member.update({ where: { organizationId_id: { organizationId, id } }, data: { userId } });
  else await db.member.create({ data: { organizationId, id, name, email, userId, createdAt: now } });
  return id;
}

/** From today on the member leads these teams and no others. */
export async function replaceLedTeams(
  db: Db,
  { organization, now }: { readonly organization: { readonly id: string }; readonly now: Date },
  memberId: string,
  teamIds: readonly string[],
): Promise<void> {
  const organizationId = organization.id;
  const startsOn = toDbDate(utcDateOf(now));
  const inForce = { OR: [{ endsOn: null }, { endsOn: { gt: startsOn } }] };
  const led = { organizationId, memberId, ...inForce };
  const others = { ...led, teamId: { notIn: [...teamIds] } };
  // A lead that began today has not led for a day yet, so it leaves no row.
  await db.teamLead.deleteMany({ where: { ...others, startsOn } });
  await db.teamLead.updateMany({
    where: { ...others, startsOn: { lt: startsOn } },
    data: { endsOn: startsOn },
  });
  const kept = await db.teamLead.findMany({
    where: { ...led, startsOn: { lte: startsOn } },
    select: { teamId: true },
  });
  const known = new Set(kept.map(({ teamId }) => teamId));
  await db.teamLead.createMany({
    data: teamIds
      .filter((teamId) => !known.has(teamId))
      .map((teamId) => ({ organizationId, id: newId(), teamId, memberId, startsOn })),
  });
}

/** Everybody who has an account, in any organization, first come first. */
export function findAccounts(): Promise<{ id: string; email: string; name: string }[]> {
  return transact({}, (db) =>
    db.user.findMany({ orderBy: { createdAt: "asc" }, select: { id: true, email: true, name: true } }),
  );
}
