import { z } from "zod";

import { noContent, ok, route } from "@/lib/http/route";
import { createFeed, readFeed, revokeFeed } from "@/lib/renewals/feed";

const nothing = z.strictObject({});

export const GET = route(nothing, async (ctx) => ok(await readFeed(ctx)));

export const PUT = route(nothing, async (ctx) => ok(await createFeed(ctx)));

export const DELETE = route(nothing, async (ctx) => {
  await revokeFeed(ctx);
  return noContent();
});
