import { noContent, ok, sessionRoute, withSession } from "@/lib/http/route";
import { codeInput, none } from "@/lib/second-factor/schema";
import { confirmSetup, readSecondFactor, removeSecondFactor } from "@/lib/second-factor/service";

export const GET = sessionRoute(none, async (ctx) => ok(await readSecondFactor(ctx)));
export const PUT = sessionRoute(
  codeInput,
  async (ctx, input) => {
    const { sessionId, ...codes } = await confirmSetup(ctx, input);
    return await withSession(ok(codes), sessionId);
  },
  { openBefore: ["set_up"] },
);
export const DELETE = sessionRoute(none, async (ctx) => {
  await removeSecondFactor(ctx);
  return noContent();
});
