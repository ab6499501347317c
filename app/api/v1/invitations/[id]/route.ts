import { noContent, route } from "@/lib/http/route";
import { byId } from "@/lib/invitations/schema";
import { revoke } from "@/lib/invitations/service";

export const DELETE = route(byId, async (ctx, input) => {
  await revoke(ctx, input);
  return noContent();
});
