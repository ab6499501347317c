import { noContent, ok, sessionRoute } from "@/lib/http/route";
import { byId, connectionChange } from "@/lib/single-sign-on/schema";
import { changeConnection, endConnection } from "@/lib/single-sign-on/service";

export const PATCH = sessionRoute(connectionChange, async (ctx, input) =>
  ok(await changeConnection(ctx, input)),
);
export const DELETE = sessionRoute(byId, async (ctx, input) => {
  await endConnection(ctx, input);
  return noContent();
});
