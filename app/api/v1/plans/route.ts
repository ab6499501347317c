import { planFilter, planInput } from "@/lib/catalogue/schema";
import { createPlan, listPlans } from "@/lib/catalogue/service";
import { created, ok, route } from "@/lib/http/route";

export const GET = route(planFilter, async (ctx, input) => ok(await listPlans(ctx, input)));
export const POST = route(planInput, async (ctx, input) => created(await createPlan(ctx, input), "plans"));
