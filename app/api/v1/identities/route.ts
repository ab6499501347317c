import { ok, route } from "@/lib/http/route";
import { identityFilter } from "@/lib/identities/schema";
import { listIdentities } from "@/lib/identities/service";

export const GET = route(identityFilter, async (ctx, input) => ok(await listIdentities(ctx, input)));
