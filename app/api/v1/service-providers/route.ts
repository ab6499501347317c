import { listInput, serviceProviderInput } from "@/lib/catalogue/schema";
import { createServiceProvider, listServiceProviders } from "@/lib/catalogue/service";
import { created, ok, route } from "@/lib/http/route";

export const GET = route(listInput, async (ctx, input) => ok(await listServiceProviders(ctx, input)));
export const POST = route(serviceProviderInput, async (ctx, input) =>
  created(await createServiceProvider(ctx, input), "service-providers"),
);
