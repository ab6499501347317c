import { breakEvenFilter } from "@/lib/break-even/schema";
import { listBreakEven } from "@/lib/break-even/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(breakEvenFilter, async (ctx, input) => ok(await listBreakEven(ctx, input)));
