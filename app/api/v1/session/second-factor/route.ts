import { noContent, sessionRoute, withDevice, withSession } from "@/lib/http/route";
import { proveSecondFactor } from "@/lib/second-factor/proof";
import { codeInput } from "@/lib/second-factor/schema";

export const PUT = sessionRoute(
  codeInput,
  async (ctx, input, { request }) => {
    const { sessionId, email } = await proveSecondFactor(ctx, input, request.headers);
    return await withDevice(await withSession(noContent(), sessionId), request, email);
  },
  { openBefore: ["prove"] },
);
