import { periodInput, reopenInput } from "@/lib/closing/schema";
import { closeMonth, reopenMonth } from "@/lib/closing/service";
import { ok, route } from "@/lib/http/route";

export const PUT = route(periodInput, async (ctx, input) => ok(await closeMonth(ctx, input)));
export const DELETE = route(reopenInput, async (ctx, input) => ok(await reopenMonth(ctx, input)));
