import { highlightsInput } from "@/lib/highlights/schema";
import { listHighlights } from "@/lib/highlights/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(highlightsInput, async (ctx, input) => ok(await listHighlights(ctx, input)));
