import { ok, route } from "@/lib/http/route";
import { matchInput } from "@/lib/identities/schema";
import { matchIdentity, unmatchIdentity } from "@/lib/identities/service";
import { byId } from "@/lib/imports/schema";

export const PUT = route(matchInput, async (ctx, input) => ok(await matchIdentity(ctx, input)));
export const DELETE = route(byId, async (ctx, input) => ok(await unmatchIdentity(ctx, input)));
