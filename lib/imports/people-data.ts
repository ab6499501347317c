import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadContracts } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Assignment, Subscription } from "@/lib/domain/facts";
import type { Matchable } from "@/lib/domain/name-matching";
import type { Named } from "@/lib/fields/schema";

/** From when to when somebody is in a team. */
export type MembershipDays = {
  readonly id: string;
  readonly teamId: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
};

export type KnownPerson = Matchable & {
  readonly archived: boolean;
  readonly memberships: readonly MembershipDays[];
};
export type KnownTeam = Named & { readonly code: string; readonly archived: boolean };
export type KnownSeat = Assignment & { readonly id: string };
export type KnownContract = Named & {
  readonly plans: readonly Named[];
  /** Without its holders, who are the seats. */
  readonly facts: Subscription;
  readonly seats: readonly KnownSeat[];
};

/** Everybody and everything that a file of people and seats may name. */
export type PeopleBooks = {
  readonly people: readonly KnownPerson[];
  readonly teams: readonly KnownTeam[];
  readonly contracts: readonly KnownContract[];
};

/** Loads it in as many queries as there are tables, however many rows the file has. */
export async function loadPeopleBooks(db: Db, ctx: Ctx): Promise<PeopleBooks> {
  const where = { organizationId: ctx.organization.id };
  const teams = await db.team.findMany({
    where,
    orderBy: { id: "asc" },
    select: { id: true, name: true, code: true, archivedAt: true },
  });
  return {
    people: await findPeople(db, ctx),
    teams: teams.map(({ archivedAt, ...team }) => ({ ...team, archived: archivedAt !== null })),
    contracts: await findContracts(db, ctx),
  };
}

async function findPeople(db: Db, ctx: Ctx): Promise<KnownPerson[]> {
  const rows = await db.member.findMany({
    where: { organizationId: ctx.organization.id, mergedIntoId: null },
    orderBy: { id: "asc" },
    select: { id: true, name: true, email: true, aliases: true, archivedAt: true },
  });
  const memberships = Map.groupBy(await findMembershipDays(db, ctx, null), ({ memberId }) => memberId);
  return rows.map(({ archivedAt, ...person }) => ({
    ...person,
    archived: archivedAt !== null,
    memberships: memberships.get(person.id) ?? [],
  }));
}

type OfMember = MembershipDays & { readonly memberId: string };

/** The memberships of these members, or of all, in time order. */
export async function findMembershipDays(
  db: Db,
  ctx: Ctx,
  memberIds: readonly string[] | null,
): Promise<OfMember[]> {
  const rows = await db.teamMembership.findMany({
    where: { organizationId: ctx.organization.id, ...(memberIds && { memberId: { in: [...memberIds] } }) },
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
    select: { id: true, memberId: true, teamId: true, startsOn: true, endsOn: true },
  });
  return rows.map(({ startsOn, endsOn, ...row }) => ({
    ...row,
    startsOn: fromDbDate(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
  }));
}

async function findContracts(db: Db, ctx: Ctx): Promise<KnownContract[]> {
  const where = { organizationId: ctx.organization.id };
  const names = await db.subscription.findMany({
    where,
    orderBy: { id: "asc" },
    select: {
      id: true,
      name: true,
      subscriptionTerms: { select: { plan: { select: { id: true, name: true } } } },
    },
  });
  const ids = names.map(({ id }) => id);
  const facts = await loadContracts(db, ctx, ids);
  const seats = Map.groupBy(await findSeats(db, ctx), ({ subscriptionId }) => subscriptionId);
  return names.flatMap(({ id, name, subscriptionTerms }) => {
    const contract = facts.get(id);
    if (!contract) return [];
    const plans = new Map(subscriptionTerms.map(({ plan }) => [plan.id, plan]));
    return [{ id, name, plans: [...plans.values()], facts: contract, seats: seats.get(id) ?? [] }];
  });
}

async function findSeats(db: Db, ctx: Ctx): Promise<(KnownSeat & { readonly subscriptionId: string })[]> {
  const rows = await db.assignment.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: { id: "asc" },
    select: {
      id: true,
      subscriptionId: true,
      memberId: true,
      planId: true,
      startsOn: true,
      endsOn: true,
      purpose: true,
      productId: true,
    },
  });
  return rows.map(({ startsOn, endsOn, ...row }) => ({
    ...row,
    startsOn: fromDbDate(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
  }));
}

/** Seats by id, with how often each was changed. */
export async function findSeatVersions(db: Db, ctx: Ctx, ids: readonly string[]) {
  return await db.assignment.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...ids] } },
    orderBy: { id: "asc" },
    select: { id: true, subscriptionId: true, version: true, member: { select: { name: true } } },
  });
}

export async function deleteSeats(db: Db, ctx: Ctx, ids: readonly string[]): Promise<void> {
  await db.assignment.deleteMany({ where: { organizationId: ctx.organization.id, id: { in: [...ids] } } });
}

/** Memberships by id, with whose they are and how often each was changed. */
export async function findMembershipVersions(db: Db, ctx: Ctx, ids: readonly string[]) {
  return await db.teamMembership.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...ids] } },
    orderBy: { startsOn: "desc" },
    select: { id: true, memberId: true, version: true, member: { select: { name: true } } },
  });
}

export async function deleteMemberships(db: Db, ctx: Ctx, ids: readonly string[]): Promise<void> {
  await db.teamMembership.deleteMany({
    where: { organizationId: ctx.organization.id, id: { in: [...ids] } },
  });
}

/** Puts a membership back as it was, whether it was ended since or is gone. */
export async function restoreMembership(
  db: Db,
  ctx: Ctx,
  memberId: string,
  { id, teamId, startsOn, endsOn }: MembershipDays,
): Promise<void> {
  const organizationId = ctx.organization.id;
  const days = { startsOn: toDbDate(startsOn), endsOn: toDbDateOrNull(endsOn) };
  await db.teamMembership.upsert({
    where: { organizationId_id: { organizationId, id } },
    create: { organizationId, id, memberId, teamId, ...days },
    update: { ...days, version: { increment: 1 } },
  });
}

/** Of these members, the first that something else in the books still names; null when nothing does. */
export async function findMemberInUse(
  db: Db,
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ readonly name: string; readonly use: string } | null> {
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ name: string; use: string }[]>`
    SELECT m.name, used.use FROM member m JOIN (
      SELECT id AS member_id, 'can sign in' AS use FROM member WHERE organization_id = ${org}::uuid AND user_id IS NOT NULL
      UNION ALL SELECT id, 'was merged into somebody' FROM member WHERE organization_id = ${org}::uuid AND merged_into_id IS NOT NULL
      UNION ALL SELECT merged_into_id, 'is somebody else, too' FROM member WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'is in a team' FROM team_membership WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'leads a team' FROM team_lead WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'is invited to sign in' FROM invitation WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'holds a seat' FROM assignment WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'has a share of an API account' FROM classification_share WHERE organization_id = ${org}::uuid
      UNION ALL SELECT paid_by_member_id, 'paid an invoice' FROM invoice WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'is named on an invoice' FROM charge WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'has a share of an invoice' FROM charge_share WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'is named in the ledger' FROM ledger_entry WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'has use of their own' FROM identity_match WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'has use of their own' FROM usage_month WHERE organization_id = ${org}::uuid
      UNION ALL SELECT member_id, 'has use of their own' FROM usage_day WHERE organization_id = ${org}::uuid
    ) AS used ON used.member_id = m.id
    WHERE m.organization_id = ${org}::uuid AND m.id = ANY(${ids}::uuid[])
    ORDER BY m.name, used.use LIMIT 1`;
  return rows[0] ?? null;
}

export async function deleteMembers(db: Db, ctx: Ctx, ids: readonly string[]): Promise<void> {
  await db.member.deleteMany({ where: { organizationId: ctx.organization.id, id: { in: [...ids] } } });
}
