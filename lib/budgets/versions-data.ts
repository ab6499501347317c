import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { ApprovalInput, BudgetVersion, VersionChange, VersionInput } from "@/lib/budgets/schema";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import { currentVersion } from "@/lib/domain/budget-plan";
import { type Month, shiftMonth } from "@/lib/domain/month";
import type { Page } from "@/lib/fields/schema";

const VERSION = {
  id: true,
  name: true,
  kind: true,
  fiscalYear: true,
  approvedAt: true,
  approvedById: true,
  createdAt: true,
  version: true,
} as const;

type Row = Omit<BudgetVersion, "approvedAt" | "approvedBy" | "current" | "createdAt"> & {
  readonly approvedAt: Date | null;
  readonly approvedById: string | null;
  readonly createdAt: Date;
};

/** What tells which version of a year counts. */
export type VersionState = Pick<BudgetVersion, "id" | "fiscalYear" | "approvedAt" | "createdAt">;

/** The versions whose year has one of the months; there are a few of each year. */
export async function findVersionStates(
  db: Db,
  ctx: Ctx,
  { from, to }: { readonly from: Month; readonly to: Month },
): Promise<VersionState[]> {
  const rows = await db.budgetVersion.findMany({
    where: { organizationId: ctx.organization.id, fiscalYear: { gt: shiftMonth(from, -12), lte: to } },
    orderBy: { id: "asc" },
    select: { id: true, fiscalYear: true, approvedAt: true, createdAt: true },
  });
  return rows.map(({ approvedAt, createdAt, ...row }) => ({
    ...row,
    approvedAt: approvedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }));
}

async function toVersions(db: Db, ctx: Ctx, rows: readonly Row[]): Promise<BudgetVersion[]> {
  const years = rows.map(({ fiscalYear }) => fiscalYear).sort();
  const [from, to] = [years[0], years.at(-1)];
  const states = from && to ? await findVersionStates(db, ctx, { from, to }) : [];
  const users = await db.user.findMany({
    where: { id: { in: rows.flatMap(({ approvedById }) => approvedById ?? []) } },
    select: { id: true, name: true },
  });
  return rows.map(({ approvedAt, approvedById, createdAt, ...row }) => ({
    ...row,
    approvedAt: approvedAt?.toISOString() ?? null,
    approvedBy: users.find(({ id }) => id === approvedById) ?? null,
    current: currentVersion(row.fiscalYear, states)?.id === row.id,
    createdAt: createdAt.toISOString(),
  }));
}

/** The versions, the newest first. */
export async function findVersions(
  db: Db,
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<BudgetVersion>> {
  const { where, ...rest } = pageById(page, "desc");
  const rows = await db.budgetVersion.findMany({
    where: { organizationId: ctx.organization.id, ...where },
    ...rest,
    select: VERSION,
  });
  return toPage(await toVersions(db, ctx, rows), page.limit);
}

export async function getVersion(db: Db, ctx: Ctx, id: string): Promise<BudgetVersion> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  const row = required(await db.budgetVersion.findUnique({ where, select: VERSION }));
  return required((await toVersions(db, ctx, [row]))[0]);
}

export async function insertVersion(
  db: Db,
  ctx: Ctx,
  { name, kind, fiscalYear }: VersionInput,
): Promise<string> {
  const id = newId();
  const organizationId = ctx.organization.id;
  await db.budgetVersion.create({
    data: { organizationId, id, name, kind, fiscalYear, createdAt: ctx.now },
  });
  return id;
}

type Change = { readonly name: string } | { readonly approved: boolean } | Record<string, never>;

/** A change of a version, or of what is planned in it, which counts as one. @throws DomainError `stale_version` */
export async function updateVersion(
  db: Db,
  ctx: Ctx,
  { id, version }: ApprovalInput | VersionChange,
  change: Change,
): Promise<void> {
  const own = { organizationId: ctx.organization.id, id };
  const approval = "approved" in change && {
    approvedAt: change.approved ? ctx.now : null,
    approvedById: change.approved ? ctx.actor.userId : null,
  };
  const { count } = await db.budgetVersion.updateMany({
    where: { ...own, version },
    data: { ...("name" in change && { name: change.name }), ...approval, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.budgetVersion.findFirst({ where: own }));
}

/** A draft, and all that it plans. @throws DomainError `stale_version` */
export async function deleteVersion(db: Db, ctx: Ctx, input: ApprovalInput): Promise<void> {
  // Holds the row first, so that nobody plans in it or approves it meanwhile.
  await updateVersion(db, ctx, input, {});
  const organizationId = ctx.organization.id;
  await db.budget.deleteMany({ where: { organizationId, budgetVersionId: input.id } });
  await db.budgetVersion.delete({ where: { organizationId_id: { organizationId, id: input.id } } });
}
