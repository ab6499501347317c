import { z } from "zod";

import { listTools } from "@/lib/catalogue/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(z.strictObject({}), async (ctx) => ok(await listTools(ctx)));
