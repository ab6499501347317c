import { created, ok, route } from "@/lib/http/route";
import { byId, deliveriesInput } from "@/lib/webhooks/schema";
import { listDeliveries, testWebhook } from "@/lib/webhooks/service";

export const GET = route(deliveriesInput, async (ctx, input) => ok(await listDeliveries(ctx, input)));
export const POST = route(byId, async (ctx, input) =>
  created(await testWebhook(ctx, input), `webhooks/${input.id}/deliveries`),
);
