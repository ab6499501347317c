import { changesInput } from "@/lib/changes/schema";
import { getChanges } from "@/lib/changes/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(changesInput, async (ctx, input) => ok(await getChanges(ctx, input)));
