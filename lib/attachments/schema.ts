import { z } from "zod";

import { fileNameField, idField } from "@/lib/fields/schema";

export const ATTACHMENT_BYTES_MAX = 10_485_760;
/** Files of one invoice. */
export const ATTACHMENTS_MAX = 20;

export const attachmentInput = z.strictObject({ id: idField, fileName: fileNameField(200) });
export type AttachmentInput = z.output<typeof attachmentInput>;

export const byInvoice = z.strictObject({ id: idField });
export const byAttachment = z.strictObject({ id: idField, attachmentId: idField });

export type Attachment = {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly createdAt: string;
};

export type AttachmentFile = Attachment & { readonly content: Uint8Array<ArrayBuffer> };
