import { created, factRoute, ok, route } from "@/lib/http/route";
import { byId, termInput } from "@/lib/subscriptions/schema";
import { addTerm, readSubscription } from "@/lib/subscriptions/service";

export const GET = route(byId, async (ctx, input) =>
  ok({ data: (await readSubscription(ctx, input)).terms, nextCursor: null }),
);
export const POST = factRoute(termInput, async (ctx, input) =>
  created(await addTerm(ctx, input), "subscriptions"),
);
