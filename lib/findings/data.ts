import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDateOrNull } from "@/lib/db/dates";
import { assertUpdated, required } from "@/lib/db/version";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import type { FindingStatus } from "@/lib/domain/finding";
import type { MisuseEvidence } from "@/lib/domain/misuse-facts";
import type { MisuseRuleId } from "@/lib/domain/misuse-rules";
import type { Named } from "@/lib/fields/schema";
import type { FindingChange, FindingFilter } from "@/lib/findings/schema";
import { seenMembers } from "@/lib/members/data";
import type { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;
const FINDING = {
  ...{ id: true, rule: true, status: true, amountMinor: true, acceptedMinor: true, reason: true },
  ...{ fixedOn: true, evidence: true, firstSeenOn: true, lastSeenOn: true, version: true },
  ...{ apiAccount: NAMED, member: NAMED, team: NAMED, owner: NAMED },
} as const;

/** A finding as it is kept, with the names beside it. */
export type FoundRow = {
  readonly id: string;
  readonly rule: MisuseRuleId;
  readonly status: FindingStatus;
  readonly apiAccount: Named | null;
  readonly member: Named | null;
  readonly team: Named | null;
  readonly owner: Named | null;
  readonly amountMinor: number;
  readonly acceptedMinor: number | null;
  readonly reason: string;
  readonly fixedOn: CalendarDate | null;
  readonly firstSeenOn: CalendarDate;
  readonly lastSeenOn: CalendarDate;
  readonly evidence: readonly MisuseEvidence[];
  readonly version: number;
};

// What the rules wrote is what comes out.
const toRow = (row: Prisma.FindingGetPayload<{ select: typeof FINDING }>): FoundRow => ({
  ...row,
  rule: row.rule as MisuseRuleId,
  amountMinor: Number(row.amountMinor),
  acceptedMinor: row.acceptedMinor === null ? null : Number(row.acceptedMinor),
  fixedOn: fromDbDateOrNull(row.fixedOn),
  firstSeenOn: fromDbDate(row.firstSeenOn),
  lastSeenOn: fromDbDate(row.lastSeenOn),
  evidence: row.evidence as unknown as MisuseEvidence[],
});

/** All, those of led teams, and what is about the actor's own plans. */
function seenFindings(ctx: Ctx): Prisma.FindingWhereInput {
  const seen = visibility(ctx);
  if (seen.all) return {};
  return {
    OR: [
      { teamId: { in: [...seen.teamIds] } },
      ...(seen.memberId === null ? [] : [{ memberId: seen.memberId }]),
    ],
  };
}

/** The findings that the actor sees, the most money first. */
export async function findFindings(
  db: Db,
  ctx: Ctx,
  { status, rule, start, limit }: Pick<FindingFilter, "status" | "rule" | "limit"> & { start: number },
): Promise<FoundRow[]> {
  const rows = await db.finding.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(status && { status }),
      ...(rule && { rule }),
      AND: seenFindings(ctx),
    },
    orderBy: [{ amountMinor: "desc" }, { id: "asc" }],
    skip: start,
    take: limit,
    select: FINDING,
  });
  return rows.map(toRow);
}

export async function sumOpen(db: Db, ctx: Ctx): Promise<{ count: number; minor: number }> {
  const { _count, _sum } = await db.finding.aggregate({
    where: { organizationId: ctx.organization.id, status: "open", AND: seenFindings(ctx) },
    _count: true,
    _sum: { amountMinor: true },
  });
  return { count: _count, minor: Number(_sum.amountMinor ?? 0) };
}

export async function getFinding(db: Db, ctx: Ctx, id: string): Promise<FoundRow> {
  const where = { organizationId: ctx.organization.id, id, AND: seenFindings(ctx) };
  return toRow(required(await db.finding.findFirst({ where, select: FINDING })));
}

/** @throws DomainError `stale_version` */
export async function saveFinding(
  db: Db,
  ctx: Ctx,
  { id, version, status, reason, ownerId }: FindingChange,
  { acceptedMinor }: { readonly acceptedMinor: number | null },
): Promise<void> {
  const fixedOn = toDbDateOrNull(status === "fixed" ? utcDateOf(ctx.now) : null);
  const { count } = await db.finding.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: { status, reason, ownerId, acceptedMinor, fixedOn, version: { increment: 1 } },
  });
  await assertUpdated(count, () => getFinding(db, ctx, id));
}

/** Whether somebody whom the actor sees can see to it. @throws DomainError `not_found` */
export async function isPerson(db: Db, ctx: Ctx, id: string): Promise<boolean> {
  const member = await db.member.findFirst({
    where: { organizationId: ctx.organization.id, id, mergedIntoId: null, AND: seenMembers(ctx) },
    select: { kind: true, erasedAt: true },
  });
  const { kind, erasedAt } = required(member);
  return kind === "person" && erasedAt === null;
}

/** The names of what evidence is of; of people, those whom the actor sees. */
export async function findEvidenceNames(
  db: Db,
  ctx: Ctx,
  evidence: readonly MisuseEvidence[],
): Promise<Map<string, string>> {
  const ids = new Set(
    evidence.flatMap((row) => Object.values(row).filter((value) => typeof value === "string")),
  );
  const organizationId = ctx.organization.id;
  const uuids = [...ids].filter((id) => id.length === 36);
  const named = { where: { organizationId, id: { in: uuids } }, select: { id: true, name: true } };
  const rows = [
    ...(await db.apiAccount.findMany(named)),
    ...(await db.subscription.findMany(named)),
    ...(await db.plan.findMany(named)),
    ...(await db.tool.findMany(named)),
    ...(await db.member.findMany({ ...named, where: { ...named.where, AND: seenMembers(ctx) } })),
  ];
  return new Map(rows.map(({ id, name }) => [id, name]));
}
