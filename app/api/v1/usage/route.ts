import { ok, route } from "@/lib/http/route";
import { usageFilter } from "@/lib/usage/schema";
import { getUsage } from "@/lib/usage/service";

export const GET = route(usageFilter, async (ctx, input) => ok(await getUsage(ctx, input)));
