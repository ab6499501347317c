import "server-only";

import type { Attachment, AttachmentFile } from "@/lib/attachments/schema";
import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import { visibleAttachments } from "@/lib/invoices/list-data";
import type { Prisma } from "@/prisma/generated/client";

const ATTACHMENT = {
  id: true,
  fileName: true,
  mediaType: true,
  sizeBytes: true,
  sha256: true,
  createdAt: true,
} as const satisfies Prisma.AttachmentSelect;

type Row = Prisma.AttachmentGetPayload<{ select: typeof ATTACHMENT }>;

const toAttachment = ({ createdAt, ...row }: Row): Attachment => ({
  ...row,
  createdAt: createdAt.toISOString(),
});

/** The files of an invoice that the actor may see, in the order in which they were attached. */
export async function findAttachments(db: Db, ctx: Ctx, invoiceId: string): Promise<Attachment[]> {
  const rows = await db.attachment.findMany({
    where: { organizationId: ctx.organization.id, invoiceId, AND: visibleAttachments(ctx) },
    orderBy: { id: "asc" },
    select: ATTACHMENT,
  });
  return rows.map(toAttachment);
}

type FileOf = { readonly invoiceId: string; readonly sha256: string };

/** The same bytes on the same invoice, if they are there already. */
export async function findSameFile(
  db: Db,
  ctx: Ctx,
  { invoiceId, sha256 }: FileOf,
): Promise<Attachment | null> {
  const row = await db.attachment.findFirst({
    where: { organizationId: ctx.organization.id, invoiceId, sha256, AND: visibleAttachments(ctx) },
    select: ATTACHMENT,
  });
  return row && toAttachment(row);
}

export function countAttachments(db: Db, ctx: Ctx, invoiceId: string): Promise<number> {
  return db.attachment.count({ where: { organizationId: ctx.organization.id, invoiceId } });
}

export async function getAttachmentFile(
  db: Db,
  ctx: Ctx,
  { invoiceId, id }: { invoiceId: string; id: string },
): Promise<AttachmentFile> {
  const { content, ...row } = required(
    await db.attachment.findFirst({
      where: { organizationId: ctx.organization.id, invoiceId, id, AND: visibleAttachments(ctx) },
      select: { ...ATTACHMENT, content: true },
    }),
  );
  return { ...toAttachment(row), content };
}

type NewFile = Pick<AttachmentFile, "fileName" | "mediaType" | "sizeBytes" | "sha256" | "content"> & {
  readonly invoiceId: string;
};

export async function insertAttachment(db: Db, ctx: Ctx, file: NewFile): Promise<Attachment> {
  const row = await db.attachment.create({
    data: {
      ...file,
      organizationId: ctx.organization.id,
      id: newId(),
      createdAt: ctx.now,
      createdById: ctx.actor.userId,
    },
    select: ATTACHMENT,
  });
  return toAttachment(row);
}
