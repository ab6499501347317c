import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull } from "@/lib/db/dates";
import { assertUpdated } from "@/lib/db/version";
import { DATE_MAX } from "@/lib/domain/calendar-date";
import type { MergingMember } from "@/lib/domain/member-merge";
import type { MemberMerge } from "@/lib/members/schema";

export type OfBoth = Pick<MemberMerge, "id" | "intoMemberId">;

/** What tells whether two members can become one, and what they are known by. */
export async function findMerging(db: Db, ctx: Ctx, id: string) {
  const { teamMemberships, _count, ...member } = await db.member.findUniqueOrThrow({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    select: {
      name: true,
      email: true,
      aliases: true,
      userId: true,
      teamMemberships: {
        orderBy: { startsOn: "asc" },
        select: { teamId: true, startsOn: true, endsOn: true },
      },
      _count: {
        select: {
          teamLeads: true,
          invitations: { where: { acceptedAt: null, revokedAt: null, expiresAt: { gt: ctx.now } } },
        },
      },
    },
  });
  const memberships = teamMemberships.map(({ teamId, startsOn, endsOn }) => ({
    teamId,
    startsOn: fromDbDate(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
  }));
  return {
    ...member,
    leads: _count.teamLeads > 0,
    signsIn: member.userId !== null || _count.invitations > 0,
    memberships,
    costs: await findCostDays(db, ctx, id),
  };
}
export type Merging = Awaited<ReturnType<typeof findMerging>>;

/** The days of which the member bears a cost that counts in their team: seats, own use, and what names them alone. */
async function findCostDays(db: Db, ctx: Ctx, id: string): Promise<MergingMember["costs"]> {
  const org = ctx.organization.id;
  return await db.$queryRaw<{ start: string; end: string }[]>`
    WITH charged AS (
      SELECT c.id, c.member_id, coalesce(c.charge_period_start, date_trunc('month', i.issue_date)::date) AS starts_on,
        coalesce(c.charge_period_end, (date_trunc('month', i.issue_date) + interval '1 month')::date) AS ends_on
      FROM charge c JOIN invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
      WHERE c.organization_id = ${org}::uuid AND i.voided_at IS NULL
    ), classified AS (
      SELECT id, starts_on, lead(starts_on) OVER (PARTITION BY api_account_id ORDER BY starts_on) AS ends_on
      FROM classification WHERE organization_id = ${org}::uuid
    ), costs AS (
      SELECT starts_on, ends_on FROM assignment WHERE organization_id = ${org}::uuid AND member_id = ${id}::uuid
      UNION ALL SELECT day, day + 1 FROM usage_day
        WHERE organization_id = ${org}::uuid AND member_id = ${id}::uuid AND cost_kind = 'metered'
      UNION ALL SELECT starts_on, ends_on FROM charged WHERE member_id = ${id}::uuid
      UNION ALL SELECT starts_on, ends_on FROM charged JOIN charge_share s ON s.charge_id = charged.id
        WHERE s.organization_id = ${org}::uuid AND s.member_id = ${id}::uuid AND s.team_id IS NULL
      UNION ALL SELECT starts_on, ends_on FROM classified JOIN classification_share s ON s.classification_id = classified.id
        WHERE s.organization_id = ${org}::uuid AND s.member_id = ${id}::uuid AND s.team_id IS NULL
    )
    SELECT lower(days)::text AS start, upper(days)::text AS end
    FROM (SELECT unnest(range_agg(daterange(starts_on, coalesce(ends_on, ${DATE_MAX}::date)))) AS days FROM costs) runs`;
}

/** A seat of one plan that both hold on the same day; null when there is none. */
export async function findSeatOfBoth(db: Db, ctx: Ctx, { id, intoMemberId }: OfBoth) {
  const rows = await db.$queryRaw<{ plan: string; contract: string; day: string }[]>`
    SELECT p.name AS plan, s.name AS contract, greatest(a.starts_on, b.starts_on)::text AS day
    FROM assignment a
    JOIN assignment b ON b.organization_id = a.organization_id AND b.subscription_id = a.subscription_id AND b.plan_id = a.plan_id
      AND daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
    JOIN plan p ON p.organization_id = a.organization_id AND p.id = a.plan_id
    JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id
    WHERE a.organization_id = ${ctx.organization.id}::uuid AND a.member_id = ${id}::uuid AND b.member_id = ${intoMemberId}::uuid
    ORDER BY 3, 2, 1 LIMIT 1`;
  return rows[0] ?? null;
}

/** The provider's names that mean the member now or meant them once. */
export async function findIdentitiesOf(db: Db, ctx: Ctx, memberId: string): Promise<string[]> {
  const rows = await db.identityMatch.findMany({
    where: { organizationId: ctx.organization.id, memberId },
    distinct: ["identityId"],
    select: { identityId: true },
  });
  return rows.map(({ identityId }) => identityId);
}

/** Empties the one and gives what it was known by to the other. @throws DomainError `stale_version` */
export async function joinMembers(
  db: Db,
  ctx: Ctx,
  { id, intoMemberId, version }: MemberMerge,
  known: { readonly email: string | null; readonly aliases: string[]; readonly userId: string | null },
): Promise<void> {
  const organizationId = ctx.organization.id;
  const own = { organizationId, id };
  const { count } = await db.member.updateMany({
    where: { ...own, version },
    data: {
      email: null,
      aliases: [],
      userId: null,
      archivedAt: ctx.now,
      mergedIntoId: intoMemberId,
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.member.findFirst({ where: own }));
  await db.member.updateMany({
    where: { organizationId, mergedIntoId: id },
    data: { mergedIntoId: intoMemberId },
  });
  await db.member.update({
    where: { organizationId_id: { organizationId, id: intoMemberId } },
    data: { ...known, version: { increment: 1 } },
  });
}

/** Puts the other's id in every fact that names the one. */
export async function moveFacts(db: Db, ctx: Ctx, { id, intoMemberId }: OfBoth): Promise<void> {
  const org = ctx.organization.id;
  const where = { organizationId: org, memberId: id };
  const data = { memberId: intoMemberId };
  await db.$executeRaw`
    UPDATE invoice SET version = version + 1,
      paid_by_member_id = CASE WHEN paid_by_member_id = ${id}::uuid THEN ${intoMemberId}::uuid ELSE paid_by_member_id END
    WHERE organization_id = ${org}::uuid AND (paid_by_member_id = ${id}::uuid
      OR id IN (SELECT c.invoice_id FROM charge c
                LEFT JOIN charge_share s ON s.organization_id = c.organization_id AND s.charge_id = c.id
                WHERE c.organization_id = ${org}::uuid AND (c.member_id = ${id}::uuid OR s.member_id = ${id}::uuid)))`;
  await db.charge.updateMany({ where, data });
  await db.chargeShare.updateMany({ where, data });
  await db.classificationShare.updateMany({ where, data });
  await db.assignment.updateMany({ where, data: { ...data, version: { increment: 1 } } });
  await db.identityMatch.updateMany({ where, data });
  await db.invitation.updateMany({ where, data });
  await db.budgetOwner.updateMany({ where, data });
  await db.memberLeave.updateMany({ where, data });
  await db.finding.updateMany({ where, data });
  await db.finding.updateMany({
    where: { organizationId: org, ownerId: id },
    data: { ownerId: intoMemberId },
  });
  await db.$executeRaw`
    UPDATE invoice_draft SET version = version + 1, content = replace(content::text, ${id}, ${intoMemberId})::jsonb
    WHERE organization_id = ${org}::uuid AND strpos(content::text, ${id}) > 0`;
  await db.$executeRaw`
    UPDATE import SET options = jsonb_set(options, '{memberId}', to_jsonb(${intoMemberId}::text))
    WHERE organization_id = ${org}::uuid AND options->>'memberId' = ${id}`;
  // What a later file tells of their machine is counted with what was told before.
  await db.$executeRaw`
    UPDATE identity i SET external_id = ${`member:${intoMemberId}`}
    WHERE organization_id = ${org}::uuid AND kind = 'device' AND external_id = ${`member:${id}`} AND NOT EXISTS (
      SELECT FROM identity o WHERE o.organization_id = i.organization_id AND o.service_provider_id = i.service_provider_id
        AND o.kind = i.kind AND o.external_id = ${`member:${intoMemberId}`})`;
}
