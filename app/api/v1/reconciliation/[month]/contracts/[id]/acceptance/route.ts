import { noContent, ok, route } from "@/lib/http/route";
import { acceptanceInput, contractMonth } from "@/lib/reconciliation/schema";
import { acceptDifference, withdrawAcceptance } from "@/lib/reconciliation/service";

export const PUT = route(acceptanceInput, async (ctx, input) => ok(await acceptDifference(ctx, input)));
export const DELETE = route(contractMonth, async (ctx, input) => {
  await withdrawAcceptance(ctx, input);
  return noContent();
});
