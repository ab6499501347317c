import { byId, findingChange } from "@/lib/findings/schema";
import { changeFinding, readFinding } from "@/lib/findings/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readFinding(ctx, input)));
export const PATCH = route(findingChange, async (ctx, input) => ok(await changeFinding(ctx, input)));
