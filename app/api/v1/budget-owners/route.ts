import { addOwner, listOwners } from "@/lib/budgets/owners";
import { listInput, ownerInput } from "@/lib/budgets/schema";
import { created, ok, route } from "@/lib/http/route";

export const GET = route(listInput, async (ctx, input) => ok(await listOwners(ctx, input)));
export const POST = route(ownerInput, async (ctx, input) =>
  created(await addOwner(ctx, input), "budget-owners"),
);
