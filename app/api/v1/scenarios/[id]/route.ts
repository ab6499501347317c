import { noContent, ok, route } from "@/lib/http/route";
import { byId, byIdAndVersion, scenarioChange } from "@/lib/scenarios/schema";
import { changeScenario, readScenario, removeScenario } from "@/lib/scenarios/service";

export const GET = route(byId, async (ctx, input) => ok(await readScenario(ctx, input)));
export const PATCH = route(scenarioChange, async (ctx, input) => ok(await changeScenario(ctx, input)));
export const DELETE = route(byIdAndVersion, async (ctx, input) => {
  await removeScenario(ctx, input);
  return noContent();
});
