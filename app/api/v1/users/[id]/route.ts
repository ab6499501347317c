import { noContent, ok, route, withSession } from "@/lib/http/route";
import { byId, userChange } from "@/lib/users/schema";
import { changeUser, endUser } from "@/lib/users/service";

export const PATCH = route(userChange, async (ctx, input) => {
  const { user, sessionId } = await changeUser(ctx, input);
  return sessionId === null ? ok(user) : await withSession(ok(user), sessionId);
});

export const DELETE = route(byId, async (ctx, input) => {
  await endUser(ctx, input);
  return noContent();
});
