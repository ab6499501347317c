import { approvalInput } from "@/lib/budgets/schema";
import { approveVersion, withdrawApproval } from "@/lib/budgets/service";
import { ok, route } from "@/lib/http/route";

export const PUT = route(approvalInput, async (ctx, input) => ok(await approveVersion(ctx, input)));
export const DELETE = route(approvalInput, async (ctx, input) => ok(await withdrawApproval(ctx, input)));
