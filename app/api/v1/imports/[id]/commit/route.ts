import { factRoute, ok, route } from "@/lib/http/route";
import { byId, commitInput } from "@/lib/imports/schema";
import { commitImport, undoImport } from "@/lib/imports/service";

export const PUT = factRoute(commitInput, async (ctx, input) => ok(await commitImport(ctx, input)));
export const DELETE = route(byId, async (ctx, input) => ok(await undoImport(ctx, input)));
