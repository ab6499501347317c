import { z } from "zod";

import { openDemo, removeDemos } from "@/lib/demo/service";
import { noContent, ok, route, withSession } from "@/lib/http/route";

export const PUT = route(z.strictObject({}), async (ctx) => {
  const { sessionId, ...opened } = await openDemo(ctx);
  return await withSession(ok(opened), sessionId);
});

export const DELETE = route(z.strictObject({}), async (ctx) => {
  await removeDemos(ctx);
  return noContent();
});
