import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(budgetInput, async (ctx, input) => ok(await getBudget(ctx, input)));
