import { removeOwner } from "@/lib/budgets/owners";
import { byId } from "@/lib/budgets/schema";
import { noContent, route } from "@/lib/http/route";

export const DELETE = route(byId, async (ctx, input) => {
  await removeOwner(ctx, input);
  return noContent();
});
