import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, notFound, required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import type {
  DraftContent,
  InvoiceDraft,
  InvoiceDraftChange,
  InvoiceDraftFilter,
  InvoiceDraftInput,
} from "@/lib/invoice-drafts/schema";
import type { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;

const DRAFT = {
  id: true,
  month: true,
  subscription: NAMED,
  apiAccount: NAMED,
  content: true,
  updatedAt: true,
  updatedById: true,
  version: true,
} as const satisfies Prisma.InvoiceDraftSelect;

type Row = Prisma.InvoiceDraftGetPayload<{ select: typeof DRAFT }>;

/** Drafts, the last begun first. */
export async function findDrafts(
  db: Db,
  ctx: Ctx,
  { month, ...page }: InvoiceDraftFilter,
): Promise<Page<InvoiceDraft>> {
  const { where, ...rest } = pageById(page, "desc");
  const rows = await db.invoiceDraft.findMany({
    where: { organizationId: ctx.organization.id, ...where, ...(month && { month }) },
    ...rest,
    select: DRAFT,
  });
  return toPage(await withNames(db, rows), page.limit);
}

export async function getDraft(db: Db, ctx: Ctx, id: string): Promise<InvoiceDraft> {
  const row = await db.invoiceDraft.findFirst({
    where: { organizationId: ctx.organization.id, id },
    select: DRAFT,
  });
  const [draft] = await withNames(db, [required(row)]);
  return required(draft);
}

/** Users stand outside of the organization, so their names are looked up, not joined. */
async function withNames(db: Db, rows: readonly Row[]): Promise<InvoiceDraft[]> {
  const users = await db.user.findMany({
    where: { id: { in: [...new Set(rows.map(({ updatedById }) => updatedById))] } },
    select: { id: true, name: true },
  });
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return rows.map(({ updatedById, updatedAt, content, ...draft }) => ({
    ...draft,
    content: content as DraftContent,
    updatedAt: updatedAt.toISOString(),
    updatedBy: names.get(updatedById) ?? "",
  }));
}

export async function insertDraft(
  db: Db,
  ctx: Ctx,
  { content, ...draft }: InvoiceDraftInput,
): Promise<string> {
  const id = newId();
  await db.invoiceDraft.create({
    data: { ...draft, organizationId: ctx.organization.id, id, ...typed(ctx, content) },
  });
  return id;
}

export async function updateDraft(
  db: Db,
  ctx: Ctx,
  { id, version, content }: InvoiceDraftChange,
): Promise<void> {
  const { count } = await db.invoiceDraft.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: { ...typed(ctx, content), version: { increment: 1 } },
  });
  await assertUpdated(count, () => findId(db, ctx, id));
}

const typed = (ctx: Ctx, content: DraftContent) => ({
  content: content as Prisma.InputJsonObject,
  updatedAt: ctx.now,
  updatedById: ctx.actor.userId,
});

export async function deleteDraft(
  db: Db,
  ctx: Ctx,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const { count } = await db.invoiceDraft.deleteMany({
    where: { organizationId: ctx.organization.id, id, version },
  });
  await assertUpdated(count, () => findId(db, ctx, id));
}

/** The draft that a posted invoice finishes, in whatever version it was last saved. */
export async function removeDraftOf(db: Db, ctx: Ctx, id: string): Promise<void> {
  const { count } = await db.invoiceDraft.deleteMany({ where: { organizationId: ctx.organization.id, id } });
  if (count === 0) throw notFound();
}

const findId = (db: Db, ctx: Ctx, id: string) =>
  db.invoiceDraft.findFirst({ where: { organizationId: ctx.organization.id, id }, select: { id: true } });
