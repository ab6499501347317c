import { z } from "zod";

import { ok, route } from "@/lib/http/route";
import { listMissingRates } from "@/lib/rates/service";

export const GET = route(z.strictObject({}), async (ctx) => ok(await listMissingRates(ctx)));
