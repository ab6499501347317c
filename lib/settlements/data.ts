import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { money } from "@/lib/domain/money";
import type { Page } from "@/lib/fields/schema";
import type { Settlement, SettlementFilter, SettlementInput, SettlementVoid } from "@/lib/settlements/schema";
import type { Prisma } from "@/prisma/generated/client";

const SETTLEMENT = {
  id: true,
  invoice: { select: { id: true, number: true } },
  paidOn: true,
  amountMinor: true,
  bankFeeMinor: true,
  note: true,
  voidedAt: true,
  voidReason: true,
  version: true,
} as const satisfies Prisma.SettlementSelect;

function toSettlement(ctx: Ctx, row: Prisma.SettlementGetPayload<{ select: typeof SETTLEMENT }>): Settlement {
  const { invoice, paidOn, amountMinor, bankFeeMinor, voidedAt, voidReason, ...rest } = row;
  const { baseCurrency } = ctx.organization;
  return {
    ...rest,
    invoice: { id: invoice.id, name: invoice.number },
    paidOn: fromDbDate(paidOn),
    amount: money(Number(amountMinor), baseCurrency),
    bankFee: money(Number(bankFeeMinor), baseCurrency),
    void: voidedAt && { at: voidedAt.toISOString(), reason: voidReason ?? "" },
  };
}

/** What was paid, the last entered first. */
export async function findSettlements(
  db: Db,
  ctx: Ctx,
  { invoiceId, limit, cursor }: SettlementFilter,
): Promise<Page<Settlement>> {
  const { where, ...page } = pageById({ limit, cursor }, "desc");
  const rows = await db.settlement.findMany({
    where: { organizationId: ctx.organization.id, ...where, ...(invoiceId && { invoiceId }) },
    ...page,
    select: SETTLEMENT,
  });
  return toPage(
    rows.map((row) => toSettlement(ctx, row)),
    limit,
  );
}

export async function getSettlement(db: Db, ctx: Ctx, id: string): Promise<Settlement> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toSettlement(ctx, required(await db.settlement.findUnique({ where, select: SETTLEMENT })));
}

/** @throws DomainError `not_found`, `invoice_void` */
export async function assertPayable(db: Db, ctx: Ctx, id: string): Promise<void> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  const { voidedAt } = required(await db.invoice.findUnique({ where, select: { voidedAt: true } }));
  if (voidedAt !== null)
    throw new DomainError("invoice_void", "This invoice is void: nothing is paid on it.");
}

export async function insertSettlement(
  db: Db,
  ctx: Ctx,
  { amount, bankFee, paidOn, ...fields }: SettlementInput,
): Promise<string> {
  const id = newId();
  await db.settlement.create({
    data: {
      organizationId: ctx.organization.id,
      id,
      ...fields,
      paidOn: toDbDate(paidOn),
      amountMinor: amount.minor,
      bankFeeMinor: bankFee?.minor ?? 0,
      createdAt: ctx.now,
      createdById: ctx.actor.userId,
    },
  });
  return id;
}

export async function voidSettlementRow(
  db: Db,
  ctx: Ctx,
  { id, version, reason }: SettlementVoid,
): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.settlement.updateMany({
    where: { organizationId, id, version, voidedAt: null },
    data: { voidedAt: ctx.now, voidReason: reason, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.settlement.findFirst({ where: { organizationId, id } }));
}
