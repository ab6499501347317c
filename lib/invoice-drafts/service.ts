import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { deleteDraft, findDrafts, getDraft, insertDraft, updateDraft } from "@/lib/invoice-drafts/data";
import type {
  InvoiceDraft,
  InvoiceDraftChange,
  InvoiceDraftFilter,
  InvoiceDraftInput,
} from "@/lib/invoice-drafts/schema";

// A draft is what was typed so far, saved every few keystrokes: no fact of the books, so it leaves no trace in the
// audit trail. The invoice that it becomes does.

/** Everybody who enters invoices shares the drafts, so that a colleague can finish one. */
export async function listDrafts(ctx: Ctx, filter: InvoiceDraftFilter): Promise<Page<InvoiceDraft>> {
  authorize(ctx, "draft:use");
  return await read(ctx, (db) => findDrafts(db, ctx, filter));
}

export async function readDraft(ctx: Ctx, { id }: { id: string }): Promise<InvoiceDraft> {
  authorize(ctx, "draft:use");
  return await read(ctx, (db) => getDraft(db, ctx, id));
}

export async function beginDraft(ctx: Ctx, input: InvoiceDraftInput): Promise<InvoiceDraft> {
  authorize(ctx, "draft:use");
  return await write(ctx, async (db) => await getDraft(db, ctx, await insertDraft(db, ctx, input)));
}

export async function saveDraft(ctx: Ctx, change: InvoiceDraftChange): Promise<InvoiceDraft> {
  authorize(ctx, "draft:use");
  return await write(ctx, async (db) => {
    await updateDraft(db, ctx, change);
    return await getDraft(db, ctx, change.id);
  });
}

export async function discardDraft(ctx: Ctx, draft: { id: string; version: number }): Promise<void> {
  authorize(ctx, "draft:use");
  await write(ctx, (db) => deleteDraft(db, ctx, draft));
}
