import { approveMonth, withdrawApproval } from "@/lib/closing/acceptances";
import { periodInput } from "@/lib/closing/schema";
import { ok, route } from "@/lib/http/route";

export const PUT = route(periodInput, async (ctx, input) => ok(await approveMonth(ctx, input)));
export const DELETE = route(periodInput, async (ctx, input) => ok(await withdrawApproval(ctx, input)));
