import { noContent, publicRoute, withDevice, withSession } from "@/lib/http/route";
import { acceptInvitation } from "@/lib/invitations/acceptance";
import { acceptanceInput } from "@/lib/invitations/schema";

export const POST = publicRoute(acceptanceInput, async (input, { request, requestId, now }) => {
  const { headers } = request;
  const { sessionId, email, secondFactor } = await acceptInvitation(input, { headers, now, requestId });
  const response = await withSession(noContent(), sessionId);
  return secondFactor ? response : await withDevice(response, request, email);
});
