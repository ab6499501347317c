import { listHistory } from "@/lib/audit/history";
import { historyFilter } from "@/lib/audit/schema";
import { ok, route } from "@/lib/http/route";

export const GET = route(historyFilter, async (ctx, filter) => ok(await listHistory(ctx, filter)));
