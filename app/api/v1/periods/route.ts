import { periodsInput } from "@/lib/closing/schema";
import { listPeriods } from "@/lib/closing/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(periodsInput, async (ctx) => ok(await listPeriods(ctx)));
