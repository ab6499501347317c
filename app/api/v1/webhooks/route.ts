import { created, ok, route } from "@/lib/http/route";
import { listInput, webhookInput } from "@/lib/webhooks/schema";
import { createWebhook, listWebhooks } from "@/lib/webhooks/service";

export const GET = route(listInput, async (ctx, input) => ok(await listWebhooks(ctx, input)));
export const POST = route(webhookInput, async (ctx, input) =>
  created(await createWebhook(ctx, input), "webhooks"),
);
