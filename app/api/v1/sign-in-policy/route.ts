import { ok, sessionRoute } from "@/lib/http/route";
import { changePolicy, readPolicy } from "@/lib/second-factor/policy";
import { none, policyInput } from "@/lib/second-factor/schema";

export const GET = sessionRoute(none, async (ctx) => ok(await readPolicy(ctx)));
export const PUT = sessionRoute(policyInput, async (ctx, input) => ok(await changePolicy(ctx, input)));
