import { creditGrantFilter, creditGrantInput } from "@/lib/credit-grants/schema";
import { createCreditGrant, listCreditGrants } from "@/lib/credit-grants/service";
import { created, factRoute, ok, route } from "@/lib/http/route";

export const GET = route(creditGrantFilter, async (ctx, input) => ok(await listCreditGrants(ctx, input)));
export const POST = factRoute(creditGrantInput, async (ctx, input) =>
  created(await createCreditGrant(ctx, input), "credit-grants"),
);
