import { byId, planChange } from "@/lib/catalogue/schema";
import { changePlan, readPlan } from "@/lib/catalogue/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readPlan(ctx, input)));
export const PATCH = route(planChange, async (ctx, input) => ok(await changePlan(ctx, input)));
