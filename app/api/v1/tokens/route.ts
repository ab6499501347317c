import { created, ok, sessionRoute } from "@/lib/http/route";
import { none, tokenInput } from "@/lib/tokens/schema";
import { createToken, listTokens } from "@/lib/tokens/service";

export const GET = sessionRoute(none, async (ctx) => ok(await listTokens(ctx)));
export const POST = sessionRoute(tokenInput, async (ctx, input) =>
  created(await createToken(ctx, input), "tokens"),
);
