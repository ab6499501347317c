import { ok, sessionRoute } from "@/lib/http/route";
import { none } from "@/lib/second-factor/schema";
import { renewRecoveryCodes } from "@/lib/second-factor/service";

export const PUT = sessionRoute(none, async (ctx) => ok(await renewRecoveryCodes(ctx)));
