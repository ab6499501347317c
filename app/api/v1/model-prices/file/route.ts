import { z } from "zod";

import { csvFile, factRoute, ok, route } from "@/lib/http/route";
import { modelPriceFileInput } from "@/lib/model-prices/schema";
import { exportModelPrices, replaceModelPrices } from "@/lib/model-prices/service";

export const GET = route(z.strictObject({}), async (ctx) => csvFile(await exportModelPrices(ctx)));
export const PUT = factRoute(modelPriceFileInput, async (ctx, input) =>
  ok(await replaceModelPrices(ctx, input)),
);
