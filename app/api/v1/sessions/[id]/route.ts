import { noContent, sessionRoute } from "@/lib/http/route";
import { byId } from "@/lib/sessions/schema";
import { endSession } from "@/lib/sessions/service";

export const DELETE = sessionRoute(byId, async (ctx, input) => {
  await endSession(ctx, input);
  return noContent();
});
