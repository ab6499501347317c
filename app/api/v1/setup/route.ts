import { created, publicRoute, withDevice, withSession } from "@/lib/http/route";
import { setupInput } from "@/lib/setup/schema";
import { setUp } from "@/lib/setup/service";

export const POST = publicRoute(setupInput, async (input, { request, requestId, now }) => {
  const userAgent = request.headers.get("user-agent") ?? "";
  const { sessionId, ...done } = await setUp(input, { userAgent, now, requestId });
  const response = await withSession(created(done, "organizations"), sessionId);
  return await withDevice(response, request, input.owner.email);
});
