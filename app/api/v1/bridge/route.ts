import { getBridge } from "@/lib/entries/service";
import { ok, route } from "@/lib/http/route";
import { monthInput } from "@/lib/ledger/schema";

export const GET = route(monthInput, async (ctx, input) => ok(await getBridge(ctx, input)));
