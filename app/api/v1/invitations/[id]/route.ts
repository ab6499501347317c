import { noContent, route } from "@/lib/http/route";
import { byId } from "@/lib/users/schema";
import { revoke } from "@/lib/users/service";

export const DELETE = route(byId, async (ctx, input) => {
  await revoke(ctx, input);
  return noContent();
});
