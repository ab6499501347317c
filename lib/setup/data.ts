import "server-only";

import type { OrganizationId } from "@/lib/auth/ctx";
import { type Db, enter } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { firstDayOf, type Month } from "@/lib/domain/month";

/** Lets one first run go at a time; whether it is the first is what the count says. */
export async function lockUsers(db: Db): Promise<number> {
  await db.$executeRaw`LOCK TABLE app_user IN SHARE ROW EXCLUSIVE MODE`;
  return await db.user.count();
}

export async function insertUser(
  db: Db,
  user: { name: string; email: string; passwordHash: string; now: Date },
): Promise<string> {
  const { now, ...fields } = user;
  const id = newId();
  await db.user.create({ data: { id, ...fields, createdAt: now } });
  return id;
}

type NewOrganization = {
  readonly name: string;
  readonly baseCurrency: string;
  readonly fiscalYearStart: number;
  readonly booksStart: Month;
  readonly demo: boolean;
};

/**
 * An organization with a first team and its maker as the first member; the transaction goes on inside it. Nobody gets
 * in before `insertOwner`.
 */
export async function insertOrganization(
  db: Db,
  fields: NewOrganization,
  owner: { readonly userId: string; readonly name: string; readonly email: string },
  now: Date,
): Promise<{ organizationId: OrganizationId; teamId: string; memberId: string }> {
  // A new organization belongs to nobody yet, so making it is what proves that the owner belongs to it.
  const organizationId = newId() as OrganizationId;
  const [teamId, memberId] = [newId(), newId()];
  await enter(db, { organizationId });
  await db.organization.create({ data: { id: organizationId, ...fields, createdAt: now } });
  await db.team.create({
    data: { organizationId, id: teamId, name: fields.name, code: "TEAM", createdAt: now },
  });
  await db.member.create({
    data: {
      organizationId,
      id: memberId,
      name: owner.name,
      email: owner.email,
      userId: owner.userId,
      createdAt: now,
    },
  });
  await db.teamMembership.create({
    data: {
      organizationId,
      id: newId(),
      memberId,
      teamId,
      startsOn: toDbDate(firstDayOf(fields.booksStart)),
    },
  });
  return { organizationId, teamId, memberId };
}

/** Lets the user into the organization, with every right. */
export async function insertOwner(
  db: Db,
  { organizationId, userId, now }: { organizationId: OrganizationId; userId: string; now: Date },
): Promise<void> {
  await db.organizationRole.create({ data: { organizationId, userId, role: "owner", createdAt: now } });
}
