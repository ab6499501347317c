import { noContent, ok, route } from "@/lib/http/route";
import { byId, invoiceDraftChange, removal } from "@/lib/invoice-drafts/schema";
import { discardDraft, readDraft, saveDraft } from "@/lib/invoice-drafts/service";

export const GET = route(byId, async (ctx, input) => ok(await readDraft(ctx, input)));
export const PUT = route(invoiceDraftChange, async (ctx, input) => ok(await saveDraft(ctx, input)));
export const DELETE = route(removal, async (ctx, input) => {
  await discardDraft(ctx, input);
  return noContent();
});
