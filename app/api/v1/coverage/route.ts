import { getCoverage } from "@/lib/coverage/service";
import { ok, route } from "@/lib/http/route";
import { coverageInput } from "@/lib/ledger/schema";

export const GET = route(coverageInput, async (ctx, input) => ok(await getCoverage(ctx, input)));
