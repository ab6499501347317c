import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { assertUpdated } from "@/lib/db/version";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import type { KnownFinding } from "@/lib/domain/finding";
import type { Misuse } from "@/lib/domain/misuse-facts";
import type { MisuseSettings } from "@/lib/domain/misuse-rules";
import type { Prisma } from "@/prisma/generated/client";

/** A finding as it is kept, to be compared with what the rules find now. */
export type KeptFinding = KnownFinding & {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  readonly apiAccountId: string | null;
  readonly memberId: string | null;
  readonly teamId: string | null;
  readonly amountMinor: number;
  readonly lastSeenOn: CalendarDate | null;
  readonly evidence: unknown;
};

export async function findKept(db: Db, ctx: Ctx): Promise<KeptFinding[]> {
  const rows = await db.finding.findMany({
    where: { organizationId: ctx.organization.id },
    select: {
      ...{ id: true, rule: true, subject: true, status: true, apiAccountId: true, memberId: true },
      ...{ teamId: true, amountMinor: true, acceptedMinor: true, fixedOn: true, lastSeenOn: true },
      evidence: true,
    },
  });
  return rows.map(({ amountMinor, acceptedMinor, fixedOn, lastSeenOn, ...row }) => ({
    ...row,
    amountMinor: Number(amountMinor),
    acceptedMinor: acceptedMinor === null ? null : Number(acceptedMinor),
    fixedOn: fromDbDateOrNull(fixedOn),
    lastSeenOn: fromDbDateOrNull(lastSeenOn),
  }));
}

const columnsOf = ({ apiAccountId, memberId, teamId, amountMinor, evidence }: Misuse) => ({
  ...{ apiAccountId, memberId, teamId, amountMinor },
  evidence: evidence as unknown as Prisma.InputJsonValue,
});

/** Opens what is found for the first time; who leads its team sees to it until somebody says otherwise. */
export async function insertFindings(db: Db, ctx: Ctx, found: readonly Misuse[]): Promise<void> {
  const organizationId = ctx.organization.id;
  const today = toDbDate(utcDateOf(ctx.now));
  const leads = await db.teamLead.findMany({
    where: { organizationId, startsOn: { lte: today }, OR: [{ endsOn: null }, { endsOn: { gt: today } }] },
    orderBy: { id: "desc" },
    select: { teamId: true, memberId: true },
  });
  const leadOf = new Map(leads.map(({ teamId, memberId }) => [teamId, memberId]));
  await db.finding.createMany({
    data: found.map((misuse) => ({
      ...{ organizationId, id: newId(), rule: misuse.rule, subject: misuse.subject },
      ...columnsOf(misuse),
      ownerId: leadOf.get(misuse.teamId ?? "") ?? null,
      ...{ firstSeenOn: today, lastSeenOn: today },
    })),
  });
}

/** What the rules find now of a finding that is kept; its status as that makes it. */
export async function updateFinding(
  db: Db,
  ctx: Ctx,
  id: string,
  found: Misuse | null,
  { status, acceptedMinor, fixedOn }: KnownFinding,
): Promise<void> {
  await db.finding.update({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    data: {
      ...(found && { ...columnsOf(found), lastSeenOn: toDbDate(utcDateOf(ctx.now)) }),
      ...{ status, acceptedMinor, fixedOn: toDbDateOrNull(fixedOn), version: { increment: 1 } },
    },
  });
}

/** They are found still, as they were. */
export async function markSeen(db: Db, ctx: Ctx, ids: readonly string[]): Promise<void> {
  await db.finding.updateMany({
    where: { organizationId: ctx.organization.id, id: { in: [...ids] } },
    data: { lastSeenOn: toDbDate(utcDateOf(ctx.now)) },
  });
}

export type KeptSettings = {
  readonly rules: MisuseSettings;
  readonly refreshedOn: CalendarDate | null;
  readonly version: number;
};

const AS_IT_COMES: KeptSettings = { rules: {}, refreshedOn: null, version: 1 };

export async function findSettings(db: Db, ctx: Ctx): Promise<KeptSettings> {
  const row = await db.misuseSettings.findUnique({
    where: { organizationId: ctx.organization.id },
    select: { rules: true, refreshedOn: true, version: true },
  });
  if (!row) return AS_IT_COMES;
  const { rules, refreshedOn, version } = row;
  // What the schema let in is what comes out.
  return { rules: rules as MisuseSettings, refreshedOn: fromDbDateOrNull(refreshedOn), version };
}

export async function markRefreshed(db: Db, ctx: Ctx): Promise<void> {
  const organizationId = ctx.organization.id;
  const refreshedOn = toDbDate(utcDateOf(ctx.now));
  await db.misuseSettings.upsert({
    where: { organizationId },
    create: { organizationId, refreshedOn },
    update: { refreshedOn },
  });
}

/** @throws DomainError `stale_version` */
export async function saveSettings(
  db: Db,
  ctx: Ctx,
  { version, rules }: { readonly version: number; readonly rules: MisuseSettings },
): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.misuseSettings.createMany({ data: { organizationId }, skipDuplicates: true });
  const { count } = await db.misuseSettings.updateMany({
    where: { organizationId, version },
    data: { rules: rules as Prisma.InputJsonValue, version: { increment: 1 } },
  });
  await assertUpdated(count, async () => true);
}
