import { approvalInput, byId, versionChange } from "@/lib/budgets/schema";
import { discardVersion, readVersion, renameVersion } from "@/lib/budgets/service";
import { noContent, ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readVersion(ctx, input)));
export const PATCH = route(versionChange, async (ctx, input) => ok(await renameVersion(ctx, input)));
export const DELETE = route(approvalInput, async (ctx, input) => {
  await discardVersion(ctx, input);
  return noContent();
});
