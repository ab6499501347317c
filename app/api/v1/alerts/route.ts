import { ok, route } from "@/lib/http/route";
import { alertFilter } from "@/lib/thresholds/schema";
import { listAlerts } from "@/lib/thresholds/service";

export const GET = route(alertFilter, async (ctx, input) => ok(await listAlerts(ctx, input)));
