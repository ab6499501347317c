import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { ProductsView } from "@/components/settings/products-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { productsQuery } from "@/lib/products/queries";
import { listProducts } from "@/lib/products/service";

export const metadata: Metadata = { title: "Products" };

export default async function ProductsPage() {
  const ctx = await pageCtx();
  const queryClient = new QueryClient();
  await queryClient.fetchQuery({
    ...productsQuery(),
    queryFn: () => everyPage((page) => listProducts(ctx, page)),
  });

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ProductsView mayWrite={can(ctx.actor.roles, "team:write")} />
    </HydrationBoundary>
  );
}
