import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";
import type {
  Member,
  MemberChange,
  MemberFilter,
  MemberInput,
  Membership,
  MembershipInput,
} from "@/lib/members/schema";
import type { Prisma } from "@/prisma/generated/client";

const inForce = (ctx: Ctx) => {
  const today = toDbDate(utcDateOf(ctx.now));
  return { startsOn: { lte: today }, OR: [{ endsOn: null }, { endsOn: { gt: today } }] };
};

const selection = (ctx: Ctx) =>
  ({
    id: true,
    name: true,
    kind: true,
    email: true,
    aliases: true,
    userId: true,
    archivedAt: true,
    erasedAt: true,
    mergedInto: { select: { id: true, name: true } },
    version: true,
    teamMemberships: { where: inForce(ctx), select: { team: { select: { id: true, name: true } } } },
  }) satisfies Prisma.MemberSelect;

type Row = Prisma.MemberGetPayload<{ select: ReturnType<typeof selection> }>;

const toMember = ({ archivedAt, erasedAt, userId, teamMemberships, ...member }: Row): Member => ({
  ...member,
  team: teamMemberships[0]?.team ?? null,
  archived: archivedAt !== null,
  erased: erasedAt !== null,
  user: userId !== null,
});

/** Everybody, for those who see all; else the members of the teams that the actor leads, and the actor. */
/** The members that the actor sees. */
export function seenMembers(ctx: Ctx): Prisma.MemberWhereInput {
  const seen = visibility(ctx);
  if (seen.all) return {};
  const ofTeams = { teamMemberships: { some: { teamId: { in: [...seen.teamIds] } } } };
  return { OR: [ofTeams, ...(seen.memberId ? [{ id: seen.memberId }] : [])] };
}

export async function findMembers(
  db: Db,
  ctx: Ctx,
  { teamId, ...page }: MemberFilter,
): Promise<Page<Member>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.member.findMany({
    where: {
      organizationId: ctx.organization.id,
      mergedIntoId: null,
      AND: [
        where,
        seenMembers(ctx),
        teamId ? { teamMemberships: { some: { teamId, ...inForce(ctx) } } } : {},
      ],
    },
    ...rest,
    select: selection(ctx),
  });
  return toPage(rows.map(toMember), page.limit);
}

export async function getMember(db: Db, ctx: Ctx, id: string): Promise<Member> {
  const where = { organizationId: ctx.organization.id, id, AND: seenMembers(ctx) };
  return toMember(required(await db.member.findFirst({ where, select: selection(ctx) })));
}

/**
 * That none of these became somebody else: nothing more can be theirs.
 *
 * @throws DomainError `member_merged`
 */
export async function assertNotMerged(
  db: Db,
  { organization }: Pick<Ctx, "organization">,
  ids: readonly (string | null | undefined)[],
): Promise<void> {
  const named = ids.filter((id) => typeof id === "string");
  const merged = await db.member.findFirst({
    where: { organizationId: organization.id, id: { in: named }, mergedIntoId: { not: null } },
    select: { name: true, mergedInto: { select: { id: true, name: true } } },
  });
  if (merged) assertStays({ ...merged, erased: false });
}

/** The same of a member that was read. */
export function assertStays({
  name,
  mergedInto,
  erased,
}: Pick<Member, "name" | "mergedInto" | "erased">): void {
  if (erased) throw new DomainError("member_erased", "This person was erased, which cannot be undone.");
  if (mergedInto === null) return;
  const message = `${name} was merged into ${mergedInto.name}.`;
  throw new DomainError("member_merged", message, { conflictingId: mergedInto.id });
}

export async function insertMember(
  db: Db,
  ctx: Ctx,
  { teamId, startsOn, ...fields }: MemberInput,
): Promise<string> {
  const organizationId = ctx.organization.id;
  const id = newId();
  await db.member.create({ data: { organizationId, id, ...fields, createdAt: ctx.now } });
  if (teamId && startsOn) {
    await db.teamMembership.create({
      data: { organizationId, id: newId(), memberId: id, teamId, startsOn: toDbDate(startsOn) },
    });
  }
  return id;
}

export async function updateMember(
  db: Db,
  ctx: Ctx,
  { id, version, archived, ...fields }: MemberChange,
): Promise<void> {
  const { count } = await db.member.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: {
      ...fields,
      ...(archived !== undefined && { archivedAt: archived ? ctx.now : null }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () =>
    db.member.findFirst({ where: { organizationId: ctx.organization.id, id } }),
  );
}

export async function findMemberships(db: Db, ctx: Ctx, memberId: string): Promise<Membership[]> {
  const rows = await db.teamMembership.findMany({
    where: { organizationId: ctx.organization.id, memberId },
    orderBy: { startsOn: "asc" },
    select: { id: true, startsOn: true, endsOn: true, team: { select: { id: true, name: true } } },
  });
  return rows.map(({ startsOn, endsOn, ...row }) => ({
    ...row,
    startsOn: fromDbDate(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
  }));
}

/** Ends the open membership that the new one would overlap, then begins the new one. */
export async function insertMembership(db: Db, ctx: Ctx, input: MembershipInput): Promise<string> {
  const organizationId = ctx.organization.id;
  const { id: memberId, teamId } = input;
  const startsOn = toDbDate(input.startsOn);
  // One that begins on the same day was meant to be this one.
  await db.teamMembership.deleteMany({ where: { organizationId, memberId, startsOn, endsOn: null } });
  await db.teamMembership.updateMany({
    where: { organizationId, memberId, startsOn: { lt: startsOn }, endsOn: null },
    data: { endsOn: startsOn, version: { increment: 1 } },
  });
  const id = newId();
  await db.teamMembership.create({
    data: { organizationId, id, memberId, teamId, startsOn, endsOn: toDbDateOrNull(input.endsOn) },
  });
  return id;
}
