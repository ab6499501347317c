import { ok, route } from "@/lib/http/route";
import { termChange, termId } from "@/lib/subscriptions/schema";
import { changeTerm, removeTerm } from "@/lib/subscriptions/service";

export const PATCH = route(termChange, async (ctx, input) => ok(await changeTerm(ctx, input)));
export const DELETE = route(termId, async (ctx, input) => ok(await removeTerm(ctx, input)));
