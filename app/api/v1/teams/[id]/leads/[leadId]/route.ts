import { ok, route } from "@/lib/http/route";
import { leadChange } from "@/lib/teams/schema";
import { removeLead } from "@/lib/teams/service";

export const PATCH = route(leadChange, async (ctx, input) => ok(await removeLead(ctx, input)));
