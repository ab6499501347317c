import { z } from "zod";

import { openDemo, removeDemos } from "@/lib/demo/service";
import { noContent, ok, sessionRoute, withSession } from "@/lib/http/route";

export const PUT = sessionRoute(z.strictObject({}), async (ctx) => {
  const { sessionId, ...opened } = await openDemo(ctx);
  return await withSession(ok(opened), sessionId);
});

export const DELETE = sessionRoute(z.strictObject({}), async (ctx) => {
  await removeDemos(ctx);
  return noContent();
});
