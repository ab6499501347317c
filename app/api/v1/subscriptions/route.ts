import { created, factRoute, ok, route } from "@/lib/http/route";
import { subscriptionFilter, subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription, listSubscriptions } from "@/lib/subscriptions/service";

export const GET = route(subscriptionFilter, async (ctx, input) => ok(await listSubscriptions(ctx, input)));
export const POST = factRoute(subscriptionInput, async (ctx, input) =>
  created(await createSubscription(ctx, input), "subscriptions"),
);
