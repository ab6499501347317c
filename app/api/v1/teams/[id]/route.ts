import { ok, route } from "@/lib/http/route";
import { byId, teamChange } from "@/lib/teams/schema";
import { changeTeam, readTeam } from "@/lib/teams/service";

export const GET = route(byId, async (ctx, input) => ok(await readTeam(ctx, input)));
export const PATCH = route(teamChange, async (ctx, input) => ok(await changeTeam(ctx, input)));
