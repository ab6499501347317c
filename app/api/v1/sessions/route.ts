import { noContent, ok, sessionRoute } from "@/lib/http/route";
import { none } from "@/lib/sessions/schema";
import { endOtherSessions, listSessions } from "@/lib/sessions/service";

export const GET = sessionRoute(none, async (ctx) => ok(await listSessions(ctx)));
export const DELETE = sessionRoute(none, async (ctx) => {
  await endOtherSessions(ctx);
  return noContent();
});
