import { ok, route } from "@/lib/http/route";
import { settlementVoid } from "@/lib/settlements/schema";
import { voidSettlement } from "@/lib/settlements/service";

export const PUT = route(settlementVoid, async (ctx, input) => ok(await voidSettlement(ctx, input)));
