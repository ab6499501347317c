import { factRoute, ok, route } from "@/lib/http/route";
import { byId, rateChange } from "@/lib/rates/schema";
import { changeRate, readRate } from "@/lib/rates/service";

export const GET = route(byId, async (ctx, input) => ok(await readRate(ctx, input)));
export const PATCH = factRoute(rateChange, async (ctx, input) => ok(await changeRate(ctx, input)));
