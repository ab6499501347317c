import { ok, route } from "@/lib/http/route";
import { renewalFilter } from "@/lib/renewals/schema";
import { listRenewals } from "@/lib/renewals/service";

export const GET = route(renewalFilter, async (ctx, input) => ok(await listRenewals(ctx, input)));
