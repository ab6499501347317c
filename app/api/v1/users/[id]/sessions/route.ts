import { noContent, route } from "@/lib/http/route";
import { byId } from "@/lib/users/schema";
import { endUserSessions } from "@/lib/users/service";

export const DELETE = route(byId, async (ctx, input) => {
  await endUserSessions(ctx, input);
  return noContent();
});
