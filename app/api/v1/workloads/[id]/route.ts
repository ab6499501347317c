import { noContent, ok, route } from "@/lib/http/route";
import { byId, byIdAndVersion, workloadChange } from "@/lib/workloads/schema";
import { changeWorkload, readWorkload, removeWorkload } from "@/lib/workloads/service";

export const GET = route(byId, async (ctx, input) => ok(await readWorkload(ctx, input)));
export const PATCH = route(workloadChange, async (ctx, input) => ok(await changeWorkload(ctx, input)));
export const DELETE = route(byIdAndVersion, async (ctx, input) => {
  await removeWorkload(ctx, input);
  return noContent();
});
