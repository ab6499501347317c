import { byId, versionChange } from "@/lib/budgets/schema";
import { readVersion, renameVersion } from "@/lib/budgets/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readVersion(ctx, input)));
export const PATCH = route(versionChange, async (ctx, input) => ok(await renameVersion(ctx, input)));
