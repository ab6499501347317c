import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { CatalogueView } from "@/components/settings/catalogue-view";
import { pageCtx } from "@/lib/auth/session";
import { plansQuery, serviceProvidersQuery, toolsQuery } from "@/lib/catalogue/queries";
import { listPlans, listServiceProviders, listTools } from "@/lib/catalogue/service";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";

export const metadata: Metadata = { title: "Catalogue" };

export default async function CataloguePage() {
  const ctx = await pageCtx();
  const queryClient = new QueryClient();
  await queryClient.fetchQuery({
    ...serviceProvidersQuery(),
    queryFn: () => everyPage((page) => listServiceProviders(ctx, page)),
  });
  await queryClient.fetchQuery({ ...plansQuery(), queryFn: () => everyPage((page) => listPlans(ctx, page)) });
  await queryClient.fetchQuery({ ...toolsQuery(), queryFn: async () => [...(await listTools(ctx)).data] });

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <CatalogueView
        mayWrite={can(ctx.actor.roles, "catalogue:write")}
        baseCurrency={ctx.organization.baseCurrency}
      />
    </HydrationBoundary>
  );
}
