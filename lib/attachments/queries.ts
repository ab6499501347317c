import { queryOptions } from "@tanstack/react-query";

import type { Attachment } from "@/lib/attachments/schema";
import type { Page } from "@/lib/fields/schema";
import { getJson, sendFile } from "@/lib/http/fetch";
import { invoicePath } from "@/lib/invoices/queries";

const attachmentsPath = (invoiceId: string) => `${invoicePath(invoiceId)}/attachments`;

/** Where a file is downloaded from. */
export const attachmentPath = (invoiceId: string, id: string) => `${attachmentsPath(invoiceId)}/${id}`;

export const attachmentsQuery = (invoiceId: string) =>
  queryOptions({
    queryKey: ["attachments", invoiceId],
    queryFn: async ({ signal }) => (await getJson<Page<Attachment>>(attachmentsPath(invoiceId), signal)).data,
  });

/** Sends the bytes of a file as they are. @throws ApiError */
export const uploadAttachment = (invoiceId: string, file: File): Promise<Attachment> =>
  sendFile<Attachment>(`${attachmentsPath(invoiceId)}?${new URLSearchParams({ fileName: file.name })}`, file);
