import { noContent, ok, route } from "@/lib/http/route";
import { byId, webhookChange } from "@/lib/webhooks/schema";
import { changeWebhook, removeWebhook } from "@/lib/webhooks/service";

export const PATCH = route(webhookChange, async (ctx, input) => ok(await changeWebhook(ctx, input)));
export const DELETE = route(byId, async (ctx, input) => {
  await removeWebhook(ctx, input);
  return noContent();
});
