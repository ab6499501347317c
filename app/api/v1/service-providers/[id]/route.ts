import { byId, serviceProviderChange } from "@/lib/catalogue/schema";
import { changeServiceProvider, readServiceProvider } from "@/lib/catalogue/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readServiceProvider(ctx, input)));
export const PATCH = route(serviceProviderChange, async (ctx, input) =>
  ok(await changeServiceProvider(ctx, input)),
);
