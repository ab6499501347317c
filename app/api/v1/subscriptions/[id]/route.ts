import { factRoute, ok, route } from "@/lib/http/route";
import { byId, subscriptionChange } from "@/lib/subscriptions/schema";
import { changeSubscription, readSubscription } from "@/lib/subscriptions/service";

export const GET = route(byId, async (ctx, input) => ok(await readSubscription(ctx, input)));
export const PATCH = factRoute(subscriptionChange, async (ctx, input) =>
  ok(await changeSubscription(ctx, input)),
);
