import { created, ok, route } from "@/lib/http/route";
import { listInput, teamInput } from "@/lib/teams/schema";
import { createTeam, listTeams } from "@/lib/teams/service";

export const GET = route(listInput, async (ctx, input) => ok(await listTeams(ctx, input)));
export const POST = route(teamInput, async (ctx, input) => created(await createTeam(ctx, input), "teams"));
