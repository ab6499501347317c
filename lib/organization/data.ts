import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { assertUpdated, required } from "@/lib/db/version";
import type { Organization, OrganizationChange } from "@/lib/organization/schema";

export async function getOrganization(db: Db, ctx: Ctx): Promise<Organization> {
  const row = await db.organization.findUnique({
    where: { id: ctx.organization.id },
    select: {
      id: true,
      name: true,
      baseCurrency: true,
      fiscalYearStart: true,
      booksStart: true,
      personAnalysis: true,
      minimumGroupSize: true,
      toleranceMinor: true,
      tolerancePerMille: true,
      closingNeedsApproval: true,
      demo: true,
      version: true,
      _count: {
        select: {
          teams: { where: { archivedAt: null } },
          members: { where: { archivedAt: null } },
          products: true,
        },
      },
    },
  });
  const { _count, toleranceMinor, ...organization } = required(row);
  return {
    ...organization,
    toleranceMinor: Number(toleranceMinor),
    counts: _count,
    fixed: await hasFacts(db, ctx),
  };
}

/** Whether anything was entered that the base currency or the first month would change. */
export async function hasFacts(db: Db, ctx: Ctx): Promise<boolean> {
  const where = { organizationId: ctx.organization.id };
  const invoice = await db.invoice.findFirst({ where, select: { id: true } });
  const term = await db.subscriptionTerm.findFirst({ where, select: { id: true } });
  const opening = await db.openingTotal.findFirst({ where, select: { id: true } });
  return [invoice, term, opening].some((fact) => fact !== null);
}

export async function updateOrganization(
  db: Db,
  ctx: Ctx,
  { version, ...fields }: OrganizationChange,
): Promise<void> {
  const id = ctx.organization.id;
  const { count } = await db.organization.updateMany({
    where: { id, version },
    data: { ...fields, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.organization.findUnique({ where: { id } }));
}
