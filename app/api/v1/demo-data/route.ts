import { z } from "zod";

import { openDemo, removeDemos } from "@/lib/demo/service";
import { noContent, ok, route } from "@/lib/http/route";

export const PUT = route(z.strictObject({}), async (ctx) => ok(await openDemo(ctx)));

export const DELETE = route(z.strictObject({}), async (ctx) => {
  await removeDemos(ctx);
  return noContent();
});
