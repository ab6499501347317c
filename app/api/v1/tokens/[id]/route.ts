import { noContent, sessionRoute } from "@/lib/http/route";
import { byId } from "@/lib/tokens/schema";
import { revokeToken } from "@/lib/tokens/service";

export const DELETE = sessionRoute(byId, async (ctx, input) => {
  await revokeToken(ctx, input);
  return noContent();
});
