import { voidGrantInput } from "@/lib/credit-grants/schema";
import { voidCreditGrant } from "@/lib/credit-grants/service";
import { factRoute, ok } from "@/lib/http/route";

export const PUT = factRoute(voidGrantInput, async (ctx, input) => ok(await voidCreditGrant(ctx, input)));
