import { noContent, sessionRoute } from "@/lib/http/route";
import { byId } from "@/lib/users/schema";
import { endSession } from "@/lib/users/service";

export const DELETE = sessionRoute(byId, async (ctx, input) => {
  await endSession(ctx, input);
  return noContent();
});
