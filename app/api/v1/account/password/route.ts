import { passwordChange } from "@/lib/account/schema";
import { changePassword } from "@/lib/account/service";
import { noContent, sessionRoute, withSession } from "@/lib/http/route";

export const PUT = sessionRoute(passwordChange, async (ctx, input, { request }) => {
  const { sessionId } = await changePassword(ctx, input, request.headers);
  return await withSession(noContent(), sessionId);
});
