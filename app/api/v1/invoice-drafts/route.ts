import { created, ok, route } from "@/lib/http/route";
import { invoiceDraftFilter, invoiceDraftInput } from "@/lib/invoice-drafts/schema";
import { beginDraft, listDrafts } from "@/lib/invoice-drafts/service";

export const GET = route(invoiceDraftFilter, async (ctx, input) => ok(await listDrafts(ctx, input)));
export const POST = route(invoiceDraftInput, async (ctx, input) =>
  created(await beginDraft(ctx, input), "invoice-drafts"),
);
