import { factRoute, ok } from "@/lib/http/route";
import { termChange, termId } from "@/lib/subscriptions/schema";
import { changeTerm, removeTerm } from "@/lib/subscriptions/service";

export const PATCH = factRoute(termChange, async (ctx, input) => ok(await changeTerm(ctx, input)));
export const DELETE = factRoute(termId, async (ctx, input) => ok(await removeTerm(ctx, input)));
