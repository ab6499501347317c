import { created, factRoute, ok, route } from "@/lib/http/route";
import { modelPriceFilter, modelPriceInput } from "@/lib/model-prices/schema";
import { createModelPrice, listModelPrices } from "@/lib/model-prices/service";

export const GET = route(modelPriceFilter, async (ctx, input) => ok(await listModelPrices(ctx, input)));
export const POST = factRoute(modelPriceInput, async (ctx, input) =>
  created(await createModelPrice(ctx, input), "model-prices"),
);
