import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type {
  CreditCharge,
  CreditChargeChoice,
  CreditChargeFilter,
  CreditGrantChange,
  CreditGrantFilter,
  CreditGrantInput,
} from "@/lib/credit-grants/schema";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import { buysCredit } from "@/lib/domain/credit-grant";
import { DomainError } from "@/lib/domain/errors";
import { money } from "@/lib/domain/money";
import type { Page } from "@/lib/fields/schema";
import type { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;

const GRANT = {
  id: true,
  kind: true,
  serviceProvider: NAMED,
  apiAccount: NAMED,
  subscription: NAMED,
  pooled: true,
  amountMinor: true,
  currency: true,
  startsOn: true,
  expiresOn: true,
  chargePosition: true,
  invoice: {
    select: {
      id: true,
      number: true,
      serviceProviderId: true,
      voidedAt: true,
      charges: {
        select: {
          id: true,
          position: true,
          description: true,
          chargeCategory: true,
          subscriptionId: true,
          outOfScope: true,
        },
      },
    },
  },
  note: true,
  voidedAt: true,
  voidReason: true,
  version: true,
} as const satisfies Prisma.CreditGrantSelect;

type Row = Prisma.CreditGrantGetPayload<{ select: typeof GRANT }>;
export type GrantRow = ReturnType<typeof toGrant>;

/** A grant as it was entered. */
function toGrant(row: Row) {
  const {
    amountMinor,
    currency,
    startsOn,
    expiresOn,
    voidedAt,
    voidReason,
    invoice: _,
    chargePosition: __,
    ...grant
  } = row;
  return {
    ...grant,
    amount: money(Number(amountMinor), currency),
    startsOn: fromDbDate(startsOn),
    expiresOn: fromDbDateOrNull(expiresOn),
    charge: chargeOf(row),
    void: voidedAt && { at: voidedAt.toISOString(), reason: voidReason ?? "" },
  };
}

/** The line that bought it, while there is such a line. */
function chargeOf({ invoice, chargePosition, serviceProvider }: Row): CreditCharge | null {
  if (!invoice || invoice.voidedAt !== null || invoice.serviceProviderId !== serviceProvider.id) return null;
  const charge = invoice.charges.find(({ position }) => position === chargePosition);
  if (!charge || !buysCredit(charge)) return null;
  return {
    id: charge.id,
    description: charge.description,
    invoice: { id: invoice.id, number: invoice.number },
  };
}

/** The grants, the last entered first. */
export async function findGrants(
  db: Db,
  ctx: Ctx,
  { serviceProviderId, kind, ...page }: CreditGrantFilter,
): Promise<Page<GrantRow>> {
  const { where, ...keyset } = pageById(page, "desc");
  const rows = await db.creditGrant.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...where,
      ...(serviceProviderId && { serviceProviderId }),
      ...(kind && { kind }),
    },
    ...keyset,
    select: GRANT,
  });
  return toPage(rows.map(toGrant), page.limit);
}

export async function getGrant(db: Db, ctx: Ctx, id: string): Promise<GrantRow> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toGrant(required(await db.creditGrant.findUnique({ where, select: GRANT })));
}

/** Where the line stands that bought a credit. */
type Bought = { readonly invoiceId: string; readonly chargePosition: number };

/**
 * The line of the provider's invoices that a credit was bought with.
 *
 * @throws DomainError `not_found`; `invalid_input`, when the line cannot have bought it
 */
export async function findBought(
  db: Db,
  ctx: Ctx,
  { chargeId, serviceProviderId }: { chargeId: string; serviceProviderId: string },
): Promise<Bought> {
  const { invoice, ...charge } = required(
    await db.charge.findUnique({
      where: { organizationId_id: { organizationId: ctx.organization.id, id: chargeId } },
      select: {
        invoiceId: true,
        position: true,
        chargeCategory: true,
        subscriptionId: true,
        outOfScope: true,
        invoice: { select: { serviceProviderId: true, voidedAt: true } },
      },
    }),
  );
  const ours = invoice.serviceProviderId === serviceProviderId && invoice.voidedAt === null;
  if (ours && buysCredit(charge)) return { invoiceId: charge.invoiceId, chargePosition: charge.position };
  const message = "Choose a purchase line of this provider's invoices that is no seat fee.";
  throw new DomainError("invalid_input", message, { fields: { chargeId: message } });
}

/**
 * The account or contract that a grant is of is the provider's.
 *
 * @throws DomainError `not_found`, `invalid_input`
 */
export async function assertScope(
  db: Db,
  ctx: Ctx,
  {
    serviceProviderId,
    apiAccountId,
    subscriptionId,
  }: {
    serviceProviderId: string;
    apiAccountId: string | null;
    subscriptionId: string | null;
  },
): Promise<void> {
  const select = { serviceProviderId: true } as const;
  const key = (id: string) => ({ organizationId_id: { organizationId: ctx.organization.id, id } });
  required(await db.serviceProvider.findUnique({ where: key(serviceProviderId), select: { id: true } }));
  const account =
    apiAccountId && required(await db.apiAccount.findUnique({ where: key(apiAccountId), select }));
  const contract =
    subscriptionId && required(await db.subscription.findUnique({ where: key(subscriptionId), select }));
  const faults = [
    ...(account && account.serviceProviderId !== serviceProviderId ? ["apiAccountId"] : []),
    ...(contract && contract.serviceProviderId !== serviceProviderId ? ["subscriptionId"] : []),
  ];
  if (faults.length === 0) return;
  const message = "This is another provider's.";
  throw new DomainError("invalid_input", message, {
    fields: Object.fromEntries(faults.map((field) => [field, message])),
  });
}

export async function insertGrant(
  db: Db,
  ctx: Ctx,
  { amount, startsOn, expiresOn, chargeId: _, ...grant }: CreditGrantInput,
  bought: Bought | null,
): Promise<string> {
  const id = newId();
  await db.creditGrant.create({
    data: {
      ...grant,
      ...bought,
      organizationId: ctx.organization.id,
      id,
      amountMinor: amount.minor,
      currency: amount.currency,
      startsOn: toDbDate(startsOn),
      expiresOn: toDbDateOrNull(expiresOn),
      createdAt: ctx.now,
      createdById: ctx.actor.userId,
    },
  });
  return id;
}

/** @param bought undefined: as it was */
export async function updateGrant(
  db: Db,
  ctx: Ctx,
  { id, version, amount, startsOn, expiresOn, chargeId: _, ...fields }: CreditGrantChange,
  bought: Bought | null | undefined,
): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.creditGrant.updateMany({
    where: { organizationId, id, version, voidedAt: null },
    data: {
      ...fields,
      ...(amount && { amountMinor: amount.minor, currency: amount.currency }),
      ...(startsOn !== undefined && { startsOn: toDbDate(startsOn) }),
      ...(expiresOn !== undefined && { expiresOn: toDbDateOrNull(expiresOn) }),
      ...(bought !== undefined && (bought ?? { invoiceId: null, chargePosition: null })),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.creditGrant.findFirst({ where: { organizationId, id } }));
}

export async function voidGrantRow(
  db: Db,
  ctx: Ctx,
  { id, version, reason }: { id: string; version: number; reason: string },
): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.creditGrant.updateMany({
    where: { organizationId, id, version },
    data: { voidedAt: ctx.now, voidReason: reason, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.creditGrant.findFirst({ where: { organizationId, id } }));
}

/** The purchase lines of a provider that bought no credit yet as far as the books know, the last entered first. */
export async function findCreditCharges(
  db: Db,
  ctx: Ctx,
  { serviceProviderId, ...page }: CreditChargeFilter,
): Promise<Page<CreditChargeChoice>> {
  const organizationId = ctx.organization.id;
  const taken = await db.creditGrant.findMany({
    where: { organizationId, serviceProviderId, voidedAt: null, invoiceId: { not: null } },
    select: { invoiceId: true, chargePosition: true },
  });
  const { where, ...keyset } = pageById(page, "desc");
  const rows = await db.charge.findMany({
    where: {
      organizationId,
      ...where,
      chargeCategory: "purchase",
      subscriptionId: null,
      outOfScope: false,
      invoice: { serviceProviderId, voidedAt: null },
      NOT: taken.map(({ invoiceId, chargePosition }) => ({
        invoiceId: invoiceId ?? "",
        position: chargePosition ?? 0,
      })),
    },
    ...keyset,
    select: {
      id: true,
      description: true,
      billedCostMinor: true,
      invoice: { select: { id: true, number: true, issueDate: true, currency: true } },
    },
  });
  return toPage(
    rows.map(({ id, description, billedCostMinor, invoice: { issueDate, currency, ...invoice } }) => ({
      id,
      description,
      invoice,
      issueDate: fromDbDate(issueDate),
      billedCost: money(Number(billedCostMinor), currency),
    })),
    page.limit,
  );
}
