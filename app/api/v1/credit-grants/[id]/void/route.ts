import { voidGrantInput } from "@/lib/credit-grants/schema";
import { voidCreditGrant } from "@/lib/credit-grants/service";
import { ok, route } from "@/lib/http/route";

export const PUT = route(voidGrantInput, async (ctx, input) => ok(await voidCreditGrant(ctx, input)));
