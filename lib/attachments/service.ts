import "server-only";

import { createHash } from "node:crypto";

import {
  countAttachments,
  findAttachments,
  findSameFile,
  getAttachmentFile,
  insertAttachment,
} from "@/lib/attachments/data";
import { mediaTypeOf } from "@/lib/attachments/media-type";
import {
  ATTACHMENTS_MAX,
  type Attachment,
  type AttachmentFile,
  type AttachmentInput,
} from "@/lib/attachments/schema";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";
import { getInvoice } from "@/lib/invoices/read-data";

export async function listAttachments(ctx: Ctx, { id }: { id: string }): Promise<Page<Attachment>> {
  authorize(ctx, "invoice:read");
  return await read(ctx, async (db) => {
    await getInvoice(db, ctx, id);
    return { data: await findAttachments(db, ctx, id), nextCursor: null };
  });
}

export async function readAttachment(
  ctx: Ctx,
  { id, attachmentId }: { id: string; attachmentId: string },
): Promise<AttachmentFile> {
  authorize(ctx, "invoice:read");
  return await read(ctx, async (db) => {
    await getInvoice(db, ctx, id);
    return await getAttachmentFile(db, ctx, { invoiceId: id, id: attachmentId });
  });
}

/** Attaches a file to an invoice; the same bytes a second time are the file that is there. */
export async function attachFile(
  ctx: Ctx,
  { id, fileName }: AttachmentInput,
  content: Uint8Array<ArrayBuffer>,
): Promise<Attachment> {
  authorize(ctx, "invoice:enter");
  const mediaType = assertFile(content, fileName);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return await write(ctx, async (db) => {
    await getInvoice(db, ctx, id);
    const same = await findSameFile(db, ctx, { invoiceId: id, sha256 });
    if (same) return same;
    if ((await countAttachments(db, ctx, id)) >= ATTACHMENTS_MAX) {
      throw new DomainError("invalid_input", `An invoice holds at most ${ATTACHMENTS_MAX} files.`);
    }
    const file = { fileName: plainName(fileName), mediaType, sizeBytes: content.byteLength, sha256 };
    const attachment = await insertAttachment(db, ctx, { ...file, invoiceId: id, content });
    await recordAudit(db, ctx, {
      action: "attachment.create",
      targetType: "invoice",
      targetId: id,
      after: { attachmentId: attachment.id, ...file },
    });
    return attachment;
  });
}

function assertFile(content: Uint8Array, fileName: string): string {
  if (content.byteLength === 0) throw new DomainError("invalid_input", "This file is empty.");
  const mediaType = mediaTypeOf(content, fileName);
  if (mediaType !== null) return mediaType;
  throw new DomainError(
    "wrong_media_type",
    "Attach a PDF, PNG, JPEG, CSV, text or Excel file, or a saved e-mail (.eml).",
  );
}

/** The name without a path, and without the marks that make "exe.pdf" out of "fdp.exe". */
function plainName(fileName: string): string {
  const name = (fileName.split(/[/\\]/).at(-1) ?? "").replace(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    "",
  );
  return name.trim() || "file";
}
