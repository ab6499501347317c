import { noContent, ok, route } from "@/lib/http/route";
import { none } from "@/lib/users/schema";
import { endOtherSessions, listSessions } from "@/lib/users/service";

export const GET = route(none, async (ctx) => ok(await listSessions(ctx)));
export const DELETE = route(none, async (ctx) => {
  await endOtherSessions(ctx);
  return noContent();
});
