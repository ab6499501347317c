import { created, factRoute } from "@/lib/http/route";
import { planReduction } from "@/lib/idle-seats/reduction";
import { reductionInput } from "@/lib/idle-seats/schema";

export const POST = factRoute(reductionInput, async (ctx, input) =>
  created(await planReduction(ctx, input), "subscriptions"),
);
