import { created, ok, route } from "@/lib/http/route";
import { listInput, thresholdInput } from "@/lib/thresholds/schema";
import { createThreshold, listThresholds } from "@/lib/thresholds/service";

export const GET = route(listInput, async (ctx, input) => ok(await listThresholds(ctx, input)));
export const POST = route(thresholdInput, async (ctx, input) =>
  created(await createThreshold(ctx, input), "thresholds"),
);
