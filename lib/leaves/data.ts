import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Leave, LeaveId, LeaveInput } from "@/lib/leaves/schema";

/** The leaves of a member, the last one first. */
export async function findLeaves(db: Db, ctx: Ctx, memberId: string): Promise<Leave[]> {
  const rows = await db.memberLeave.findMany({
    where: { organizationId: ctx.organization.id, memberId },
    orderBy: [{ startsOn: "desc" }, { id: "desc" }],
    select: { id: true, startsOn: true, endsOn: true },
  });
  return rows.map(({ id, startsOn, endsOn }) => ({
    id,
    startsOn: fromDbDate(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
  }));
}

export async function insertLeave(
  db: Db,
  ctx: Ctx,
  { id: memberId, startsOn, endsOn }: LeaveInput,
): Promise<Leave> {
  const id = newId();
  await db.memberLeave.create({
    data: {
      ...{ organizationId: ctx.organization.id, id, memberId, createdAt: ctx.now },
      startsOn: toDbDate(startsOn),
      endsOn: toDbDateOrNull(endsOn),
    },
  });
  return { id, startsOn, endsOn };
}

export async function removeLeave(db: Db, ctx: Ctx, { id: memberId, leaveId: id }: LeaveId): Promise<void> {
  const { count } = await db.memberLeave.deleteMany({
    where: { organizationId: ctx.organization.id, id, memberId },
  });
  required(count > 0 ? count : null);
}

/** Who is on leave on a day. */
export async function findOnLeave(db: Db, ctx: Ctx, on: CalendarDate): Promise<Set<string>> {
  const day = toDbDate(on);
  const rows = await db.memberLeave.findMany({
    where: {
      organizationId: ctx.organization.id,
      startsOn: { lte: day },
      OR: [{ endsOn: null }, { endsOn: { gt: day } }],
    },
    select: { memberId: true },
  });
  return new Set(rows.map(({ memberId }) => memberId));
}
