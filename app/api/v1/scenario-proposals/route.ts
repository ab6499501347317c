import { ok, route } from "@/lib/http/route";
import { listProposals } from "@/lib/scenarios/proposals";
import { proposalFilter } from "@/lib/scenarios/schema";

export const GET = route(proposalFilter, async (ctx) => ok(await listProposals(ctx)));
