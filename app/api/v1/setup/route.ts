import { created, publicRoute, withSession } from "@/lib/http/route";
import { setupInput } from "@/lib/setup/schema";
import { setUp } from "@/lib/setup/service";

export const POST = publicRoute(setupInput, async (input, { request, requestId, now }) => {
  const userAgent = request.headers.get("user-agent") ?? "";
  const { sessionId, ...done } = await setUp(input, { userAgent, now, requestId });
  return await withSession(created(done, "organizations"), sessionId);
});
