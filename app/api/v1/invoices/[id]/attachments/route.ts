import { ATTACHMENT_BYTES_MAX, attachmentInput, byInvoice } from "@/lib/attachments/schema";
import { attachFile, listAttachments } from "@/lib/attachments/service";
import { readBytes } from "@/lib/http/body";
import { created, ok, route, uploadRoute } from "@/lib/http/route";

export const GET = route(byInvoice, async (ctx, input) => ok(await listAttachments(ctx, input)));
export const POST = uploadRoute(attachmentInput, async (ctx, input, { request }) =>
  created(
    await attachFile(ctx, input, await readBytes(request, ATTACHMENT_BYTES_MAX)),
    `invoices/${input.id}/attachments`,
  ),
);
