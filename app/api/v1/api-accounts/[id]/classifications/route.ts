import { byId, classificationInput } from "@/lib/accounts/schema";
import { classify, listClassifications } from "@/lib/accounts/service";
import { created, factRoute, ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await listClassifications(ctx, input)));
export const POST = factRoute(classificationInput, async (ctx, input) =>
  created(await classify(ctx, input), "api-accounts"),
);
