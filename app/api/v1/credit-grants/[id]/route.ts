import { byId, creditGrantChange } from "@/lib/credit-grants/schema";
import { changeCreditGrant, readCreditGrant } from "@/lib/credit-grants/service";
import { factRoute, ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readCreditGrant(ctx, input)));
export const PATCH = factRoute(creditGrantChange, async (ctx, input) =>
  ok(await changeCreditGrant(ctx, input)),
);
