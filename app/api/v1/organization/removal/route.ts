import { ok, sessionRoute, withSession } from "@/lib/http/route";
import { removalInput } from "@/lib/removal/schema";
import { askForRemoval } from "@/lib/removal/service";

export const PUT = sessionRoute(removalInput, async (ctx, input) => {
  const { sessionId, ...removed } = await askForRemoval(ctx, input);
  return await withSession(ok(removed), sessionId);
});
