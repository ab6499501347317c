import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull } from "@/lib/db/dates";
import { required } from "@/lib/db/version";
import { sumOfCharges } from "@/lib/domain/invoice";
import { money } from "@/lib/domain/money";
import { can } from "@/lib/domain/permission";
import type { Named } from "@/lib/fields/schema";
import type { CountsAs, Invoice, InvoiceCharge } from "@/lib/invoices/schema";
import { seenEntries } from "@/lib/ledger/visible";
import type { Prisma } from "@/prisma/generated/client";

export const NAMED = { select: { id: true, name: true } } as const;

/** The ledger entries that the actor may see; none of the conditions when it is all of them. */
export function visibleEntries(ctx: Ctx): Prisma.LedgerEntryWhereInput {
  const seen = visibility(ctx);
  if (seen.all) return {};
  const own = seen.memberId === null ? [] : [{ memberId: seen.memberId }];
  return { OR: [{ teamId: { in: [...seen.teamIds] } }, ...own] };
}

/**
 * Whoever enters invoices may see the header of every one; a member, of those behind their own entries.
 */
export function visibleInvoices(ctx: Ctx): Prisma.InvoiceWhereInput {
  if (visibility(ctx).all || can(ctx.actor.roles, "invoice:enter")) return {};
  return { ledgerEntries: { some: visibleEntries(ctx) } };
}

const visibleCharges = (ctx: Ctx): Prisma.ChargeWhereInput =>
  visibility(ctx).all ? {} : { ledgerEntries: { some: visibleEntries(ctx) } };

const CHARGE = {
  id: true,
  position: true,
  chargeCategory: true,
  description: true,
  chargePeriodStart: true,
  chargePeriodEnd: true,
  quantity: true,
  unitPrice: true,
  billedCostMinor: true,
  subscription: NAMED,
  plan: NAMED,
  apiAccount: NAMED,
  outOfScope: true,
  member: NAMED,
  recoverableBasisPoints: true,
  selfAssessed: true,
  taxTreatment: true,
  taxRateBasisPoints: true,
  taxCode: true,
  chargeShares: {
    orderBy: { position: "asc" },
    select: { basisPoints: true, purpose: true, team: NAMED, product: NAMED, member: NAMED },
  },
  chargeFollowingsByCharge: { select: { followedCharge: { select: { position: true } } } },
} as const satisfies Prisma.ChargeSelect;

const invoiceSelection = (ctx: Ctx) =>
  ({
    id: true,
    type: true,
    number: true,
    serviceProvider: NAMED,
    issueDate: true,
    dueDate: true,
    purchaseOrder: true,
    currency: true,
    billedCostMinor: true,
    paidByMember: NAMED,
    reimbursedMinor: true,
    note: true,
    voidedAt: true,
    voidReason: true,
    createdAt: true,
    version: true,
    charges: { where: visibleCharges(ctx), orderBy: { position: "asc" }, select: CHARGE },
    _count: { select: { charges: true } },
  }) satisfies Prisma.InvoiceSelect;

type Row = Prisma.InvoiceGetPayload<{ select: ReturnType<typeof invoiceSelection> }>;
type ChargeRow = Prisma.ChargeGetPayload<{ select: typeof CHARGE }>;

/** An invoice as far as the actor may see it: all of it, or its header, some lines, and the rest as one sum. */
export async function getInvoice(db: Db, ctx: Ctx, id: string): Promise<Invoice> {
  const row = required(
    await db.invoice.findFirst({
      where: { organizationId: ctx.organization.id, id, AND: visibleInvoices(ctx) },
      select: invoiceSelection(ctx),
    }),
  );
  return toInvoice(row, await findCountsAs(db, ctx, id));
}

function toInvoice(row: Row, countsAs: ReadonlyMap<string, readonly CountsAs[]>): Invoice {
  const { currency, voidedAt, voidReason, paidByMember, reimbursedMinor, _count, ...header } = row;
  const billedCost = money(Number(row.billedCostMinor), currency);
  const charges = row.charges.map((charge) => toCharge(charge, currency, countsAs.get(charge.id) ?? []));
  const hidden = _count.charges - charges.length;
  const { billedCostMinor: _, issueDate, dueDate, createdAt, ...rest } = header;
  return {
    ...rest,
    state: voidedAt === null ? "posted" : "void",
    issueDate: fromDbDate(issueDate),
    dueDate: fromDbDateOrNull(dueDate),
    createdAt: createdAt.toISOString(),
    billedCost,
    paidBy: paidByMember && {
      member: paidByMember,
      reimbursed: reimbursedMinor === null ? null : money(Number(reimbursedMinor), currency),
    },
    void: voidedAt && { at: voidedAt.toISOString(), reason: voidReason ?? "" },
    charges,
    rest:
      hidden === 0
        ? null
        : {
            count: hidden,
            billedCost: money(billedCost.minor - sumOfCharges(charges, currency).minor, currency),
          },
  };
}

function toCharge(row: ChargeRow, currency: string, countsAs: readonly CountsAs[]): InvoiceCharge {
  const {
    chargePeriodStart: start,
    chargePeriodEnd: end,
    quantity,
    unitPrice,
    billedCostMinor,
    chargeShares,
    chargeFollowingsByCharge,
    ...charge
  } = row;
  return {
    ...charge,
    chargePeriod: start && end ? { start: fromDbDate(start), end: fromDbDate(end) } : null,
    quantity: quantity?.toFixed() ?? null,
    unitPrice: unitPrice?.toFixed() ?? null,
    billedCost: money(Number(billedCostMinor), currency),
    shares: chargeShares,
    follows: chargeFollowingsByCharge
      .map(({ followedCharge }) => followedCharge.position)
      .sort((a, b) => a - b),
    countsAs,
  };
}

type CountsAsRow = Pick<CountsAs, "kind" | "purpose" | "billingModel"> & {
  readonly chargeId: string;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly productId: string | null;
  readonly productName: string | null;
  readonly baseCostMinor: string;
};

/** What each line counts as, by charge, the largest part first. */
async function findCountsAs(db: Db, ctx: Ctx, invoiceId: string): Promise<Map<string, CountsAs[]>> {
  const rows = await db.$queryRaw<CountsAsRow[]>`
    SELECT e.charge_id AS "chargeId", e.kind::text, e.purpose::text, e.billing_model::text AS "billingModel",
           e.team_id AS "teamId", t.name AS "teamName", e.product_id AS "productId", p.name AS "productName",
           sum(e.base_cost_minor)::text AS "baseCostMinor"
    FROM ledger_entry e
    LEFT JOIN team t ON t.organization_id = e.organization_id AND t.id = e.team_id
    LEFT JOIN product p ON p.organization_id = e.organization_id AND p.id = e.product_id
    WHERE e.organization_id = ${ctx.organization.id}::uuid AND e.invoice_id = ${invoiceId}::uuid
      AND ${seenEntries(ctx).where}
    GROUP BY e.charge_id, e.kind, e.purpose, e.billing_model, e.team_id, t.name, e.product_id, p.name
    ORDER BY abs(sum(e.base_cost_minor)) DESC, e.purpose, t.name, p.name`;
  const named = (id: string | null, name: string | null): Named | null =>
    id ? { id, name: name ?? "" } : null;
  const parts = rows.map(
    ({ chargeId, teamId, teamName, productId, productName, baseCostMinor, ...part }) => ({
      chargeId,
      part: {
        ...part,
        team: named(teamId, teamName),
        product: named(productId, productName),
        baseCost: money(Number(baseCostMinor), ctx.organization.baseCurrency),
      },
    }),
  );
  const byCharge = Map.groupBy(parts, ({ chargeId }) => chargeId);
  return new Map([...byCharge].map(([id, group]) => [id, group.map(({ part }) => part)]));
}
