import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import type { Charge, Invoice, Share } from "@/lib/domain/facts";

export const SHARE = {
  basisPoints: true,
  purpose: true,
  teamId: true,
  productId: true,
  memberId: true,
} as const;

/** A query has room for 32,767 values, and these name each invoice. */
const CHUNK_INVOICES = 10_000;

/** Invoices that are not voided, with their charges in order; in a handful of queries whatever their number. */
export async function loadInvoices(db: Db, ctx: Ctx, ids: readonly string[]): Promise<Invoice[]> {
  const sorted = [...ids].sort();
  const loaded: Invoice[] = [];
  for (let start = 0; start < sorted.length; start += CHUNK_INVOICES)
    loaded.push(...(await loadChunk(db, ctx, sorted.slice(start, start + CHUNK_INVOICES))));
  return loaded;
}

async function loadChunk(db: Db, ctx: Ctx, ids: string[]): Promise<Invoice[]> {
  const rows = await db.invoice.findMany({
    where: { organizationId: ctx.organization.id, id: { in: ids }, voidedAt: null },
    orderBy: { id: "asc" },
    select: {
      id: true,
      serviceProviderId: true,
      issueDate: true,
      currency: true,
      billedCostMinor: true,
      reimbursedMinor: true,
    },
  });
  const charges = await loadCharges(db, ctx, ids);
  return rows.map(({ issueDate, billedCostMinor, reimbursedMinor, ...invoice }) => ({
    ...invoice,
    issueDate: fromDbDate(issueDate),
    billedCostMinor: Number(billedCostMinor),
    reimbursedMinor: reimbursedMinor === null ? null : Number(reimbursedMinor),
    charges: charges.get(invoice.id) ?? [],
  }));
}

/** Asked for by their invoices: naming every charge in a query for its shares would be too many at once. */
async function loadCharges(db: Db, ctx: Ctx, ids: string[]): Promise<Map<string, Charge[]>> {
  const organizationId = ctx.organization.id;
  const rows = await db.charge.findMany({
    where: { organizationId, invoiceId: { in: ids } },
    orderBy: { position: "asc" },
    select: {
      id: true,
      invoiceId: true,
      chargeCategory: true,
      billedCostMinor: true,
      chargePeriodStart: true,
      chargePeriodEnd: true,
      quantity: true,
      subscriptionId: true,
      planId: true,
      apiAccountId: true,
      memberId: true,
      outOfScope: true,
      recoverableBasisPoints: true,
      selfAssessed: true,
    },
  });
  const where = { organizationId, charge: { invoiceId: { in: ids } } };
  const shares = await db.chargeShare.findMany({
    where,
    orderBy: { position: "asc" },
    select: { chargeId: true, ...SHARE },
  });
  const followings = await db.chargeFollowing.findMany({
    where,
    select: { chargeId: true, followedChargeId: true },
  });
  const sharesOf = Map.groupBy(shares, ({ chargeId }) => chargeId);
  const followedBy = Map.groupBy(followings, ({ chargeId }) => chargeId);
  const charges = new Map<string, Charge[]>();
  for (const { invoiceId, chargePeriodStart, chargePeriodEnd, quantity, ...charge } of rows) {
    const list = charges.get(invoiceId) ?? [];
    list.push({
      ...charge,
      billedCostMinor: Number(charge.billedCostMinor),
      quantity: quantity === null ? null : quantity.toNumber(),
      chargePeriod: periodOf(chargePeriodStart, chargePeriodEnd),
      shares: (sharesOf.get(charge.id) ?? []).map(({ chargeId: _, ...share }) => share satisfies Share),
      follows: (followedBy.get(charge.id) ?? []).map(({ followedChargeId }) => followedChargeId),
    });
    charges.set(invoiceId, list);
  }
  return charges;
}

export function periodOf(start: Date | null, end: Date | null) {
  return start && end ? { start: fromDbDate(start), end: fromDbDate(end) } : null;
}
