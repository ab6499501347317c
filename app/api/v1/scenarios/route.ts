import { created, ok, route } from "@/lib/http/route";
import { scenarioInput, scenarioList } from "@/lib/scenarios/schema";
import { createScenario, listScenarios } from "@/lib/scenarios/service";

export const GET = route(scenarioList, async (ctx, input) => ok(await listScenarios(ctx, input)));
export const POST = route(scenarioInput, async (ctx, input) =>
  created(await createScenario(ctx, input), "scenarios"),
);
