import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadClosedMonths } from "@/lib/books/closed-data";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { assertUpdated, required } from "@/lib/db/version";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { openMonthFor } from "@/lib/domain/closed-months";
import { type Month, monthOf } from "@/lib/domain/month";
import { insertCharges } from "@/lib/invoices/charges-data";
import type { InvoiceFacts, VoidInput } from "@/lib/invoices/schema";

/** The things that an invoice refers to, by the field that names them. */
export type Reference =
  | "serviceProviderId"
  | "subscriptionId"
  | "planId"
  | "apiAccountId"
  | "memberId"
  | "teamId"
  | "productId";

/** Of each thing that exists, which provider it is of (a contract, a plan, an account), else null. */
export type Referenced = ReadonlyMap<Reference, ReadonlyMap<string, string | null>>;

/** Looks all of them up in one question, so that a long invoice costs no more than a short one. */
export async function findReferenced(
  db: Db,
  ctx: Ctx,
  ids: Readonly<Record<Reference, readonly string[]>>,
): Promise<Referenced> {
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ field: Reference; id: string; serviceProviderId: string | null }[]>`
    SELECT 'serviceProviderId' AS field, id, NULL::uuid AS "serviceProviderId" FROM service_provider
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids.serviceProviderId}::uuid[])
    UNION ALL SELECT 'subscriptionId', id, service_provider_id FROM subscription
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids.subscriptionId}::uuid[])
    UNION ALL SELECT 'planId', id, service_provider_id FROM plan
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids.planId}::uuid[])
    UNION ALL SELECT 'apiAccountId', id, service_provider_id FROM api_account
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids.apiAccountId}::uuid[])
    UNION ALL SELECT 'memberId', id, NULL FROM member
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids.memberId}::uuid[]) AND merged_into_id IS NULL
    UNION ALL SELECT 'teamId', id, NULL FROM team
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids.teamId}::uuid[])
    UNION ALL SELECT 'productId', id, NULL FROM product
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids.productId}::uuid[])`;
  const byField = Map.groupBy(rows, ({ field }) => field);
  return new Map(
    [...byField].map(([field, found]) => [
      field,
      new Map(found.map(({ id, serviceProviderId }) => [id, serviceProviderId])),
    ]),
  );
}

/** The invoice that already has this number of this provider, whatever its case, unless it was voided. */
export async function findByNumber(
  db: Db,
  ctx: Ctx,
  { serviceProviderId, number }: Pick<InvoiceFacts, "serviceProviderId" | "number">,
): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM invoice WHERE organization_id = ${ctx.organization.id}::uuid
      AND service_provider_id = ${serviceProviderId}::uuid AND lower(number) = lower(${number}) AND voided_at IS NULL`;
  return rows[0]?.id ?? null;
}

const columns = ({ billedCost, paidBy, charges: _, issueDate, dueDate, ...header }: InvoiceFacts) => ({
  ...header,
  issueDate: toDbDate(issueDate),
  dueDate: toDbDateOrNull(dueDate),
  currency: billedCost.currency,
  billedCostMinor: billedCost.minor,
  paidByMemberId: paidBy?.memberId ?? null,
  reimbursedMinor: paidBy?.reimbursed?.minor ?? null,
});

export async function insertInvoice(db: Db, ctx: Ctx, invoice: InvoiceFacts): Promise<string> {
  const id = newId();
  await db.invoice.create({
    data: {
      ...columns(invoice),
      organizationId: ctx.organization.id,
      id,
      billingMonth: await billingMonthOf(db, ctx, invoice.issueDate),
      createdAt: ctx.now,
      createdById: ctx.actor.userId,
    },
  });
  await insertCharges(db, ctx, { invoiceId: id, charges: invoice.charges });
  return id;
}

/** An invoice of a closed month counts in the first open one on the billed basis. */
async function billingMonthOf(db: Db, ctx: Ctx, issueDate: CalendarDate): Promise<Month> {
  return openMonthFor(monthOf(issueDate), await loadClosedMonths(db, ctx));
}

type Version = { readonly id: string; readonly version: number };

export async function updateInvoice(
  db: Db,
  ctx: Ctx,
  { id, version }: Version,
  invoice: InvoiceFacts,
): Promise<void> {
  const where = { organizationId: ctx.organization.id, id };
  const before = required(await db.invoice.findFirst({ where, select: { issueDate: true } }));
  const moved = monthOf(fromDbDate(before.issueDate)) !== monthOf(invoice.issueDate);
  const { count } = await db.invoice.updateMany({
    where: { ...where, version },
    data: {
      ...columns(invoice),
      ...(moved && { billingMonth: await billingMonthOf(db, ctx, invoice.issueDate) }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => findState(db, ctx, id));
}

export async function voidInvoiceRow(db: Db, ctx: Ctx, { id, version, reason }: VoidInput): Promise<void> {
  const { count } = await db.invoice.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: { voidedAt: ctx.now, voidReason: reason, version: { increment: 1 } },
  });
  await assertUpdated(count, () => findState(db, ctx, id));
}

/** Whether the invoice was voided; null when it is not there. */
export async function findState(db: Db, ctx: Ctx, id: string): Promise<{ voided: boolean } | null> {
  const row = await db.invoice.findFirst({
    where: { organizationId: ctx.organization.id, id },
    select: { voidedAt: true },
  });
  return row && { voided: row.voidedAt !== null };
}
