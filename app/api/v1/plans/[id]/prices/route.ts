import { byId, planPriceInput } from "@/lib/catalogue/schema";
import { createPlanPrice, listPlanPrices } from "@/lib/catalogue/service";
import { created, ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await listPlanPrices(ctx, input)));
export const POST = route(planPriceInput, async (ctx, input) =>
  created(await createPlanPrice(ctx, input), `plans/${input.id}/prices`),
);
