import { ok, route } from "@/lib/http/route";
import { usageRowFilter } from "@/lib/usage/schema";
import { listUsageRows } from "@/lib/usage/service";

export const GET = route(usageRowFilter, async (ctx, input) => ok(await listUsageRows(ctx, input)));
