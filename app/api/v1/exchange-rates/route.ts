import { created, factRoute, ok, route } from "@/lib/http/route";
import { rateFilter, rateInput } from "@/lib/rates/schema";
import { createRate, listRates } from "@/lib/rates/service";

export const GET = route(rateFilter, async (ctx, input) => ok(await listRates(ctx, input)));
export const POST = factRoute(rateInput, async (ctx, input) =>
  created(await createRate(ctx, input), "exchange-rates"),
);
