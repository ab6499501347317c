import { noContent, publicRoute } from "@/lib/http/route";
import { resetInput, resetRequest } from "@/lib/password-resets/schema";
import { requestReset, resetPassword } from "@/lib/password-resets/service";

export const POST = publicRoute(resetRequest, async (input, { request, now }) => {
  await requestReset(input, { headers: request.headers, now });
  return noContent();
});

export const PUT = publicRoute(resetInput, async (input, { now, requestId }) => {
  await resetPassword(input, { now, requestId });
  return noContent();
});
