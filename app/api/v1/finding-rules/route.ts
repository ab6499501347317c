import { z } from "zod";

import { changeFindingRules, readFindingRules } from "@/lib/findings/rules";
import { ruleChange } from "@/lib/findings/schema";
import { ok, route } from "@/lib/http/route";

export const GET = route(z.strictObject({}), async (ctx) => ok(await readFindingRules(ctx)));
export const PUT = route(ruleChange, async (ctx, input) => ok(await changeFindingRules(ctx, input)));
