import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { RatesView } from "@/components/settings/rates-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { missingRatesQuery, ratesQuery } from "@/lib/rates/queries";
import { rateFilter } from "@/lib/rates/schema";
import { listMissingRates, listRates } from "@/lib/rates/service";

export const metadata: Metadata = { title: "Exchange rates" };

export default async function ExchangeRatesPage() {
  const ctx = await pageCtx();
  const maySeeMissing = can(ctx.actor.roles, "books:read_all");
  const queryClient = new QueryClient();
  await queryClient.fetchInfiniteQuery({
    ...ratesQuery(),
    queryFn: () => listRates(ctx, rateFilter.parse({})),
  });
  if (maySeeMissing) {
    const queryFn = async () => [...(await listMissingRates(ctx)).data];
    await queryClient.fetchQuery({ ...missingRatesQuery(), queryFn });
  }

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RatesView
        mayWrite={can(ctx.actor.roles, "rate:write")}
        maySeeMissing={maySeeMissing}
        baseCurrency={ctx.organization.baseCurrency}
      />
    </HydrationBoundary>
  );
}
