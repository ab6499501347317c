import { created, ok, route } from "@/lib/http/route";
import { settlementFilter, settlementInput } from "@/lib/settlements/schema";
import { createSettlement, listSettlements } from "@/lib/settlements/service";

export const GET = route(settlementFilter, async (ctx, input) => ok(await listSettlements(ctx, input)));
export const POST = route(settlementInput, async (ctx, input) =>
  created(await createSettlement(ctx, input), "settlements"),
);
