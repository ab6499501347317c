import { noContent, publicRoute, withSession } from "@/lib/http/route";
import { acceptanceInput } from "@/lib/users/schema";
import { acceptInvitation } from "@/lib/users/service";

export const POST = publicRoute(acceptanceInput, async (input, { request, requestId, now }) => {
  const userAgent = request.headers.get("user-agent") ?? "";
  const { sessionId } = await acceptInvitation(input, { userAgent, now, requestId });
  return await withSession(noContent(), sessionId);
});
