import { factRoute, ok } from "@/lib/http/route";
import { matchInput } from "@/lib/identities/schema";
import { matchIdentity, unmatchIdentity } from "@/lib/identities/service";
import { byId } from "@/lib/imports/schema";

export const PUT = factRoute(matchInput, async (ctx, input) => ok(await matchIdentity(ctx, input)));
export const DELETE = factRoute(byId, async (ctx, input) => ok(await unmatchIdentity(ctx, input)));
