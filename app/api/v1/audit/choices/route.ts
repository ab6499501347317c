import { z } from "zod";

import { readAuditChoices } from "@/lib/audit/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(z.strictObject({}), async (ctx) => ok(await readAuditChoices(ctx)));
