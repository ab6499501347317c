import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import type { TeamMembership } from "@/lib/domain/facts";
import { joinDays } from "@/lib/domain/member-merge";
import type { OfBoth } from "@/lib/members/merge-data";

/** Makes these the teams of the one who stays; rows that already say so are left or moved. */
export async function saveMemberships(
  db: Db,
  ctx: Ctx,
  { id, intoMemberId }: OfBoth,
  memberships: readonly Omit<TeamMembership, "memberId">[],
): Promise<void> {
  const organizationId = ctx.organization.id;
  const rows = await db.teamMembership.findMany({
    where: { organizationId, memberId: { in: [id, intoMemberId] } },
    select: { id: true, memberId: true, teamId: true, startsOn: true, endsOn: true },
  });
  const wanted = memberships.map(({ teamId, ...days }) => {
    const startsOn = toDbDate(days.startsOn);
    const endsOn = toDbDateOrNull(days.endsOn);
    const alike = rows.filter(
      (row) => row.teamId === teamId && row.startsOn.getTime() === startsOn.getTime(),
    );
    const found = alike.find((row) => row.memberId === intoMemberId) ?? alike[0];
    return { found, teamId, startsOn, endsOn };
  });
  const stays = new Set(wanted.flatMap(({ found }) => found?.id ?? []));
  const gone = rows.filter((row) => !stays.has(row.id)).map((row) => row.id);
  await db.teamMembership.deleteMany({ where: { organizationId, id: { in: gone } } });
  // First those who are in their place already, so that none that moves meets a day that is given up.
  const rank = (memberId: string | undefined) => (memberId === intoMemberId ? 0 : 1);
  const inOrder = wanted.toSorted((a, b) => rank(a.found?.memberId) - rank(b.found?.memberId));
  for (const { found, teamId, startsOn, endsOn } of inOrder) {
    const row = { memberId: intoMemberId, teamId, startsOn, endsOn };
    if (!found) {
      await db.teamMembership.create({ data: { organizationId, id: newId(), ...row } });
    } else if (found.memberId !== intoMemberId || found.endsOn?.getTime() !== endsOn?.getTime()) {
      await db.teamMembership.update({
        where: { organizationId_id: { organizationId, id: found.id } },
        data: { memberId: intoMemberId, endsOn, version: { increment: 1 } },
      });
    }
  }
}

/** Of a team that both led, the days of either. */
export async function moveLeads(db: Db, ctx: Ctx, { id, intoMemberId }: OfBoth): Promise<void> {
  const organizationId = ctx.organization.id;
  const rows = await db.teamLead.findMany({
    where: { organizationId, memberId: { in: [id, intoMemberId] } },
    select: { id: true, memberId: true, teamId: true, startsOn: true, endsOn: true },
  });
  for (const [teamId, leads] of Map.groupBy(rows, (row) => row.teamId)) {
    const theirs = leads.filter(({ memberId }) => memberId === id).map((lead) => lead.id);
    if (theirs.length === 0) continue;
    if (theirs.length === leads.length) {
      await db.teamLead.updateMany({
        where: { organizationId, id: { in: theirs } },
        data: { memberId: intoMemberId },
      });
      continue;
    }
    const days = joinDays(
      leads.map(({ startsOn, endsOn }) => ({
        startsOn: fromDbDate(startsOn),
        endsOn: fromDbDateOrNull(endsOn),
      })),
    );
    await db.teamLead.deleteMany({ where: { organizationId, id: { in: leads.map((lead) => lead.id) } } });
    await db.teamLead.createMany({
      data: days.map(({ startsOn, endsOn }) => ({
        organizationId,
        id: newId(),
        teamId,
        memberId: intoMemberId,
        startsOn: toDbDate(startsOn),
        endsOn: toDbDateOrNull(endsOn),
      })),
    });
  }
}
