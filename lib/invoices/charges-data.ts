import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import type { ChargeInput } from "@/lib/invoices/schema";

type OfInvoice = { readonly invoiceId: string; readonly charges: readonly ChargeInput[] };

/**
 * Replaces all lines; their entries in open months must be gone. A line keeps its id at its place, so that what closed
 * months hold of it goes on pointing at it.
 *
 * @throws DomainError `period_closed`, when a closed month holds a line that is not among them any more
 */
export async function replaceCharges(db: Db, ctx: Ctx, { invoiceId, charges }: OfInvoice): Promise<void> {
  const organizationId = ctx.organization.id;
  const ofInvoice = { organizationId, invoiceId };
  const before = await db.charge.findMany({
    where: ofInvoice,
    orderBy: { position: "asc" },
    select: { id: true },
  });
  const surplus = before.slice(charges.length).map(({ id }) => id);
  if (await db.ledgerEntry.count({ where: { organizationId, chargeId: { in: surplus } }, take: 1 })) {
    const message =
      "A line that counts in a closed month cannot go. Set it to nothing, or void the invoice and enter it again.";
    throw new DomainError("period_closed", message, { fields: { charges: message } });
  }
  const chargeId = { in: before.map(({ id }) => id) };
  await db.chargeFollowing.deleteMany({ where: { organizationId, chargeId } });
  await db.chargeShare.deleteMany({ where: { organizationId, chargeId } });
  await db.charge.deleteMany({ where: { organizationId, id: { in: surplus } } });

  const rows = charges.map((charge, position) => ({ charge, position, id: before[position]?.id ?? newId() }));
  for (const { id, charge, position } of rows.slice(0, before.length)) {
    await db.charge.update({
      where: { organizationId_id: { organizationId, id } },
      data: { ...columns(charge), position },
    });
  }
  await insertRows(db, ctx, { invoiceId, rows: rows.slice(before.length) });
  await insertLinks(db, ctx, rows);
}

export async function insertCharges(db: Db, ctx: Ctx, { invoiceId, charges }: OfInvoice): Promise<void> {
  const rows = charges.map((charge, position) => ({ charge, position, id: newId() }));
  await insertRows(db, ctx, { invoiceId, rows });
  await insertLinks(db, ctx, rows);
}

type Row = { readonly id: string; readonly position: number; readonly charge: ChargeInput };

const columns = ({ chargePeriod, billedCost, shares: _, follows: __, ...charge }: ChargeInput) => ({
  ...charge,
  chargePeriodStart: toDbDateOrNull(chargePeriod?.start),
  chargePeriodEnd: toDbDateOrNull(chargePeriod?.end),
  billedCostMinor: billedCost.minor,
});

async function insertRows(
  db: Db,
  ctx: Ctx,
  { invoiceId, rows }: { invoiceId: string; rows: readonly Row[] },
): Promise<void> {
  const organizationId = ctx.organization.id;
  await db.charge.createMany({
    data: rows.map(({ id, position, charge }) => ({
      ...columns(charge),
      organizationId,
      invoiceId,
      id,
      position,
    })),
  });
}

/** What a line says of others: who bears it, and which lines it follows. */
async function insertLinks(db: Db, ctx: Ctx, rows: readonly Row[]): Promise<void> {
  const organizationId = ctx.organization.id;
  const shares = rows.flatMap(({ id, charge }) =>
    charge.shares.map((share, position) => ({ ...share, organizationId, chargeId: id, position })),
  );
  if (shares.length > 0) await db.chargeShare.createMany({ data: shares });

  const followings = rows.flatMap(({ id, charge }) =>
    charge.follows.map((place) => ({
      organizationId,
      chargeId: id,
      followedChargeId: required(rows[place]).id,
    })),
  );
  if (followings.length > 0) await db.chargeFollowing.createMany({ data: followings });
}
