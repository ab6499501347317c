import { noContent, ok, route } from "@/lib/http/route";
import { byId, userChange } from "@/lib/users/schema";
import { changeUser, endUser } from "@/lib/users/service";

export const PATCH = route(userChange, async (ctx, input) => ok(await changeUser(ctx, input)));
export const DELETE = route(byId, async (ctx, input) => {
  await endUser(ctx, input);
  return noContent();
});
