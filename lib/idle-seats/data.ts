import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate } from "@/lib/db/dates";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { REPORTS_OF_ALL } from "@/lib/domain/idle-seats";
import type { Named } from "@/lib/fields/schema";
import { seen } from "@/lib/usage/seen-data";

export type HeldSeat = {
  readonly id: string;
  readonly version: number;
  readonly subscriptionId: string;
  readonly planId: string;
  readonly member: Named;
  readonly startsOn: CalendarDate;
  /** The first day in any team. */
  readonly joinedOn: CalendarDate | null;
};

/** Who holds a seat of these contracts on a day. */
export async function findHeldSeats(
  db: Db,
  ctx: Ctx,
  { subscriptionIds, on }: { subscriptionIds: readonly string[]; on: CalendarDate },
): Promise<HeldSeat[]> {
  const day = toDbDate(on);
  const rows = await db.assignment.findMany({
    where: {
      organizationId: ctx.organization.id,
      subscriptionId: { in: [...subscriptionIds] },
      startsOn: { lte: day },
      OR: [{ endsOn: null }, { endsOn: { gt: day } }],
    },
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
    select: {
      ...{ id: true, version: true, subscriptionId: true, planId: true, startsOn: true },
      member: {
        select: {
          ...{ id: true, name: true },
          teamMemberships: { orderBy: { startsOn: "asc" }, take: 1, select: { startsOn: true } },
        },
      },
    },
  });
  return rows.map(({ member: { teamMemberships, ...member }, startsOn, ...row }) => ({
    ...row,
    member,
    startsOn: fromDbDate(startsOn),
    joinedOn: fromDbDateOrNull(teamMemberships[0]?.startsOn ?? null),
  }));
}

/** When people last used what a provider's seats include, as far as the actor may see it, by "member provider". */
export async function findLastUse(
  db: Db,
  ctx: Ctx,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, CalendarDate>> {
  const rows = await db.$queryRaw<{ member: string; provider: string; day: CalendarDate }[]>`
    SELECT u.member_id AS member, u.service_provider_id AS provider, max(u.day)::text AS day
    FROM usage_day u
    WHERE u.organization_id = ${ctx.organization.id}::uuid AND u.member_id = ANY(${[...memberIds]}::uuid[])
      AND u.cost_kind <> 'metered' AND u.day <= ${ctx.now}::date AND ${seen(ctx)}
    GROUP BY 1, 2`;
  return new Map(rows.map(({ member, provider, day }) => [`${member} ${provider}`, day]));
}

/** Of these people, those whose use the actor may see. */
export async function findSeenPeople(db: Db, ctx: Ctx, memberIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT u.member_id AS id FROM (SELECT unnest(${[...memberIds]}::uuid[]) AS member_id, 'api_equivalent' AS cost_kind) u
    WHERE ${seen(ctx)}`;
  return new Set(rows.map(({ id }) => id));
}

/** Up to which day files tell of everybody's use, by the provider's name. */
export async function findKnownUntil(db: Db, ctx: Ctx): Promise<ReadonlyMap<string, CalendarDate>> {
  const formats = Object.keys(REPORTS_OF_ALL);
  // What one person exported of their own Cursor tells of nobody else.
  const rows = await db.$queryRaw<{ format: keyof typeof REPORTS_OF_ALL; day: CalendarDate }[]>`
    SELECT format::text, max(last_day)::text AS day FROM import
    WHERE organization_id = ${ctx.organization.id}::uuid AND state = 'committed' AND last_day IS NOT NULL
      AND format::text = ANY(${formats}::text[])
      AND (format <> 'cursor_usage' OR format_version LIKE '%User%')
    GROUP BY 1`;
  return new Map(
    rows.flatMap(({ format, day }) => (REPORTS_OF_ALL[format] ? [[REPORTS_OF_ALL[format], day]] : [])),
  );
}

/** The fewest seats that each plan can be bought with. */
export async function findMinimums(db: Db, ctx: Ctx): Promise<ReadonlyMap<string, number>> {
  const rows = await db.plan.findMany({
    where: { organizationId: ctx.organization.id },
    select: { id: true, minimumSeats: true },
  });
  return new Map(rows.map(({ id, minimumSeats }) => [id, minimumSeats]));
}

/** The term of a plan that begins on a day; null when none does. */
export async function findTermOn(
  db: Db,
  ctx: Ctx,
  { subscriptionId, planId, startsOn }: { subscriptionId: string; planId: string; startsOn: CalendarDate },
): Promise<string | null> {
  const row = await db.subscriptionTerm.findFirst({
    where: { organizationId: ctx.organization.id, subscriptionId, planId, startsOn: toDbDate(startsOn) },
    select: { id: true },
  });
  return row?.id ?? null;
}
