import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { ModelPricesView } from "@/components/settings/model-prices-view";
import { pageCtx } from "@/lib/auth/session";
import { serviceProvidersQuery } from "@/lib/catalogue/queries";
import { listServiceProviders } from "@/lib/catalogue/service";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { modelPricesQuery } from "@/lib/model-prices/queries";
import { listModelPrices } from "@/lib/model-prices/service";

export const metadata: Metadata = { title: "Model prices" };

export default async function ModelPricesPage() {
  const ctx = await pageCtx();
  const queryClient = new QueryClient();
  await Promise.all([
    queryClient.fetchQuery({
      ...modelPricesQuery(),
      queryFn: () => everyPage((page) => listModelPrices(ctx, page)),
    }),
    queryClient.fetchQuery({
      ...serviceProvidersQuery(),
      queryFn: () => everyPage((page) => listServiceProviders(ctx, page)),
    }),
  ]);

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ModelPricesView mayWrite={can(ctx.actor.roles, "catalogue:write")} />
    </HydrationBoundary>
  );
}
