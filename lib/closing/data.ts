import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Acceptance, AcceptanceInput, AcceptedKind, Approval, Closing } from "@/lib/closing/schema";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { notFound, required } from "@/lib/db/version";
import type { Purpose } from "@/lib/domain/facts";
import { money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";

/** The columns of a snapshot: everything that an entry says, in ids and whole minor units. */
const COLUMNS = [
  "month",
  "kind",
  "purpose",
  "billing_model",
  "charge_category",
  "state",
  "basis",
  "team_id",
  "member_id",
  "product_id",
  "service_provider_id",
  "subscription_id",
  "plan_id",
  "api_account_id",
  "invoice_id",
  "charge_id",
  "charge_period_start",
  "charge_period_end",
  "billing_month",
  "unassigned",
  "self_assessed",
  "seat_days",
  "currency",
  "cost_minor",
  "base_cost_minor",
  "rate",
  "rate_date",
  "correction_of",
] as const;

/**
 * Keeps what the month holds for ever, as canonical CSV: these columns in this order, one line for each entry, sorted
 * as bytes, each ended by a line feed. No value has a comma or a quote in it, so none is quoted.
 */
export async function insertClosing(
  db: Db,
  ctx: Ctx,
  { month, approvedById }: { month: Month; approvedById: string | null },
): Promise<string> {
  const id = newId();
  const org = ctx.organization.id;
  const cells = COLUMNS.map((column) =>
    column === "rate" ? "coalesce(trim_scale(rate)::text, '')" : `coalesce(${column}::text, '')`,
  );
  await db.$executeRawUnsafe(
    `WITH held AS (
       SELECT concat_ws(',', ${cells.join(", ")}) AS line, kind, purpose, base_cost_minor
       FROM ledger_entry WHERE organization_id = $1::uuid AND month = $2
     ), written AS (
       SELECT convert_to('${COLUMNS.join(",")}' || E'\\n' || coalesce(string_agg(line || E'\\n', '' ORDER BY line COLLATE "C"), ''), 'UTF8') AS content,
              count(*)::int AS row_count
       FROM held
     ), sums AS (
       SELECT purpose, sum(base_cost_minor) AS minor FROM held WHERE kind = 'cost' GROUP BY purpose
     )
     INSERT INTO closing (organization_id, id, month, content, sha256, row_count, totals, closed_at, closed_by_id, approved_by_id)
     SELECT $1::uuid, $3::uuid, $2, content, encode(sha256(content), 'hex'), row_count,
            (SELECT coalesce(jsonb_object_agg(purpose, minor), '{}') FROM sums), $4::timestamptz, $5::uuid, $6::uuid
     FROM written`,
    org,
    month,
    id,
    ctx.now,
    ctx.actor.userId,
    approvedById,
  );
  await db.closedPeriod.create({ data: { organizationId: org, month, closingId: id } });
  return id;
}

export async function findClosedMonths(db: Db, ctx: Ctx): Promise<{ month: Month; closingId: string }[]> {
  return await db.closedPeriod.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: { month: "asc" },
    select: { month: true, closingId: true },
  });
}

/**
 * Opens a month again. Invoices that came while it was closed count in it again on the billed basis, if they were issued
 * in it or before.
 */
export async function removeClosedPeriod(
  db: Db,
  ctx: Ctx,
  { month, closingId, reason }: { month: Month; closingId: string; reason: string },
): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.closedPeriod.delete({ where: { organizationId_month: { organizationId, month } } });
  await db.reopening.create({
    data: { organizationId, closingId, reason, reopenedAt: ctx.now, reopenedById: ctx.actor.userId },
  });
  await db.$executeRaw`
    UPDATE invoice SET billing_month = ${month}
    WHERE organization_id = ${organizationId}::uuid AND billing_month > ${month} AND to_char(issue_date, 'YYYY-MM') <= ${month}`;
}

const CLOSING = {
  id: true,
  month: true,
  sha256: true,
  rowCount: true,
  totals: true,
  closedAt: true,
  closedById: true,
  approvedById: true,
  reopening: { select: { reason: true, reopenedAt: true, reopenedById: true } },
} as const;

/** Every closing that there was, the last first. */
export async function findClosings(db: Db, ctx: Ctx, month?: Month): Promise<Closing[]> {
  const rows = await db.closing.findMany({
    where: { organizationId: ctx.organization.id, ...(month && { month }) },
    orderBy: [{ closedAt: "desc" }, { id: "desc" }],
    select: CLOSING,
  });
  const nameOf = await namesOf(
    db,
    rows.flatMap((row) => [row.closedById, row.approvedById, row.reopening?.reopenedById]),
  );
  const { baseCurrency } = ctx.organization;
  return rows.map(({ closedById, approvedById, closedAt, reopening, totals, ...row }) => ({
    ...row,
    totals: Object.entries(totals as Readonly<Record<Purpose, number>>).map(([purpose, minor]) => ({
      purpose: purpose as Purpose,
      amount: money(minor, baseCurrency),
    })),
    closedAt: closedAt.toISOString(),
    closedBy: nameOf(closedById),
    approvedBy: approvedById === null ? null : nameOf(approvedById),
    reopening: reopening && {
      reason: reopening.reason,
      reopenedAt: reopening.reopenedAt.toISOString(),
      reopenedBy: nameOf(reopening.reopenedById),
    },
  }));
}

/** Users by id, with a name for those that are gone. */
async function namesOf(db: Db, ids: readonly (string | null | undefined)[]): Promise<(id: string) => Named> {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))];
  const users = await db.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? "Somebody who is gone" });
}

/** The bytes that were kept, of the closing in force or of the one named. @throws DomainError `not_found` */
export async function getSnapshot(
  db: Db,
  ctx: Ctx,
  { month, closingId }: { month: Month; closingId?: string | undefined },
): Promise<{ content: Uint8Array; sha256: string }> {
  return required(
    await db.closing.findFirst({
      where: {
        organizationId: ctx.organization.id,
        month,
        ...(closingId === undefined ? { closedPeriod: { isNot: null } } : { id: closingId }),
      },
      select: { content: true, sha256: true },
    }),
  );
}

export async function findAcceptances(db: Db, ctx: Ctx, month: Month): Promise<Acceptance[]> {
  const rows = await db.closingAcceptance.findMany({
    where: { organizationId: ctx.organization.id, month },
    orderBy: { id: "asc" },
  });
  const nameOf = await namesOf(
    db,
    rows.map(({ acceptedById }) => acceptedById),
  );
  return rows.map(({ id, kind, subjectId, amountMinor, note, acceptedAt, acceptedById }) => ({
    id,
    month,
    kind: kind as AcceptedKind,
    subjectId,
    amount: money(Number(amountMinor), ctx.organization.baseCurrency),
    note,
    acceptedAt: acceptedAt.toISOString(),
    acceptedBy: nameOf(acceptedById),
  }));
}

/** Accepted once more, it is accepted with the new note and amount. */
export async function saveAcceptance(
  db: Db,
  ctx: Ctx,
  { amountMinor, ...input }: AcceptanceInput & { amountMinor: number },
): Promise<string> {
  const organizationId = ctx.organization.id;
  const { month, kind, subjectId } = input;
  await db.closingAcceptance.deleteMany({ where: { organizationId, month, kind, subjectId } });
  const id = newId();
  const by = { acceptedAt: ctx.now, acceptedById: ctx.actor.userId };
  await db.closingAcceptance.create({ data: { ...input, ...by, organizationId, id, amountMinor } });
  return id;
}

export async function removeAcceptance(
  db: Db,
  ctx: Ctx,
  { month, id }: { month: Month; id: string },
): Promise<void> {
  const { count } = await db.closingAcceptance.deleteMany({
    where: { organizationId: ctx.organization.id, month, id },
  });
  if (count === 0) throw notFound();
}

export async function needsApproval(db: Db, ctx: Ctx): Promise<boolean> {
  const row = await db.organization.findUnique({
    where: { id: ctx.organization.id },
    select: { closingNeedsApproval: true },
  });
  return row?.closingNeedsApproval ?? false;
}

export async function findApproval(db: Db, ctx: Ctx, month: Month): Promise<Approval | null> {
  const organizationId = ctx.organization.id;
  const row = await db.closingApproval.findUnique({
    where: { organizationId_month: { organizationId, month } },
  });
  if (!row) return null;
  const nameOf = await namesOf(db, [row.approvedById]);
  return { approvedAt: row.approvedAt.toISOString(), approvedBy: nameOf(row.approvedById) };
}

/** The last approval of a month counts. */
export async function saveApproval(db: Db, ctx: Ctx, month: Month): Promise<void> {
  const organizationId = ctx.organization.id;
  await removeApproval(db, ctx, month);
  await db.closingApproval.create({
    data: { organizationId, month, approvedAt: ctx.now, approvedById: ctx.actor.userId },
  });
}

export async function removeApproval(db: Db, ctx: Ctx, month: Month): Promise<void> {
  await db.closingApproval.deleteMany({ where: { organizationId: ctx.organization.id, month } });
}
