import { created, ok, sessionRoute } from "@/lib/http/route";
import { connectionInput, none } from "@/lib/single-sign-on/schema";
import { createConnection, listConnections } from "@/lib/single-sign-on/service";

export const GET = sessionRoute(none, async (ctx) => ok(await listConnections(ctx)));
export const POST = sessionRoute(connectionInput, async (ctx, input) =>
  created(await createConnection(ctx, input), "sign-in-connections"),
);
