import { creditChargeFilter } from "@/lib/credit-grants/schema";
import { listCreditCharges } from "@/lib/credit-grants/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(creditChargeFilter, async (ctx, input) => ok(await listCreditCharges(ctx, input)));
