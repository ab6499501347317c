import { noContent, route } from "@/lib/http/route";
import { byId } from "@/lib/thresholds/schema";
import { removeThreshold } from "@/lib/thresholds/service";

export const DELETE = route(byId, async (ctx, input) => {
  await removeThreshold(ctx, input);
  return noContent();
});
