import { breakEvenAsked } from "@/lib/break-even/schema";
import { readBreakEven } from "@/lib/break-even/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(breakEvenAsked, async (ctx, input) => ok(await readBreakEven(ctx, input)));
