import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import type { LeadChange, LeadInput, Team, TeamChange, TeamInput } from "@/lib/teams/schema";
import type { Prisma } from "@/prisma/generated/client";

const TEAM = {
  id: true,
  name: true,
  code: true,
  archivedAt: true,
  version: true,
  teamLeads: {
    orderBy: { startsOn: "asc" },
    select: { id: true, startsOn: true, endsOn: true, member: { select: { id: true, name: true } } },
  },
} as const satisfies Prisma.TeamSelect;

function toTeam({ archivedAt, teamLeads, ...team }: Prisma.TeamGetPayload<{ select: typeof TEAM }>): Team {
  return {
    ...team,
    archived: archivedAt !== null,
    leads: teamLeads.map(({ startsOn, endsOn, ...lead }) => ({
      ...lead,
      startsOn: fromDbDate(startsOn),
      endsOn: fromDbDateOrNull(endsOn),
    })),
  };
}

export async function findTeams(
  db: Db,
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Team>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.team.findMany({
    where: { organizationId: ctx.organization.id, ...where },
    ...rest,
    select: TEAM,
  });
  return toPage(rows.map(toTeam), page.limit);
}

export async function getTeam(db: Db, ctx: Ctx, id: string): Promise<Team> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toTeam(required(await db.team.findUnique({ where, select: TEAM })));
}

export async function insertTeam(db: Db, ctx: Ctx, input: TeamInput): Promise<string> {
  const id = newId();
  await db.team.create({ data: { organizationId: ctx.organization.id, id, ...input, createdAt: ctx.now } });
  return id;
}

export async function updateTeam(
  db: Db,
  ctx: Ctx,
  { id, version, archived, ...fields }: TeamChange,
): Promise<void> {
  const { count } = await db.team.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: {
      ...fields,
      ...(archived !== undefined && { archivedAt: archived ? ctx.now : null }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.team.findFirst({ where: { organizationId: ctx.organization.id, id } }));
}

/** Whether somebody is in the team today or later. */
export async function hasMembers(db: Db, ctx: Ctx, teamId: string): Promise<boolean> {
  const where = { organizationId: ctx.organization.id, teamId };
  const staying = { OR: [{ endsOn: null }, { endsOn: { gt: ctx.now } }] };
  return (
    (await db.teamMembership.findFirst({ where: { ...where, ...staying }, select: { id: true } })) !== null
  );
}

export async function insertLead(
  db: Db,
  ctx: Ctx,
  { id: teamId, memberId, startsOn, endsOn }: LeadInput,
): Promise<string> {
  const id = newId();
  const days = { startsOn: toDbDate(startsOn), endsOn: toDbDateOrNull(endsOn) };
  await db.teamLead.create({ data: { organizationId: ctx.organization.id, id, teamId, memberId, ...days } });
  return id;
}

export async function endLead(db: Db, ctx: Ctx, { id: teamId, leadId, endsOn }: LeadChange): Promise<void> {
  const where = { organizationId: ctx.organization.id, id: leadId, teamId };
  const { count } = await db.teamLead.updateMany({ where, data: { endsOn: toDbDate(endsOn) } });
  required(count > 0 ? count : null);
}
