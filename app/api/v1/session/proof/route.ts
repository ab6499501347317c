import { proofInput } from "@/lib/account/schema";
import { proveAgain } from "@/lib/account/service";
import { noContent, sessionRoute, withSession } from "@/lib/http/route";

export const PUT = sessionRoute(
  proofInput,
  async (ctx, input, { request }) => {
    const { sessionId } = await proveAgain(ctx, input, request.headers);
    return await withSession(noContent(), sessionId);
  },
  // Setting a second factor up takes a fresh sign-in.
  { openBefore: ["set_up"] },
);
