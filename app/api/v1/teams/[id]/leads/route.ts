import { created, route } from "@/lib/http/route";
import { leadInput } from "@/lib/teams/schema";
import { addLead } from "@/lib/teams/service";

export const POST = route(leadInput, async (ctx, input) => created(await addLead(ctx, input), "teams"));
