import { forecastInput } from "@/lib/forecast/schema";
import { getForecast } from "@/lib/forecast/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(forecastInput, async (ctx, input) => ok(await getForecast(ctx, input)));
