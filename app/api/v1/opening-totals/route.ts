import { ok, route } from "@/lib/http/route";
import { openingTotalsChange, openingTotalsInput } from "@/lib/opening-totals/schema";
import { changeOpeningTotals, listOpeningTotals } from "@/lib/opening-totals/service";

export const GET = route(openingTotalsInput, async (ctx) => ok(await listOpeningTotals(ctx)));
export const PUT = route(openingTotalsChange, async (ctx, input) =>
  ok(await changeOpeningTotals(ctx, input)),
);
