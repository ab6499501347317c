import { ok, route } from "@/lib/http/route";
import { getEffects } from "@/lib/scenarios/effect";
import { effectInput } from "@/lib/scenarios/schema";

export const GET = route(effectInput, async (ctx, input) => ok(await getEffects(ctx, input)));
