import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { CreditsView } from "@/components/credits/credits-view";
import { pageCtx } from "@/lib/auth/session";
import { creditGrantsQuery } from "@/lib/credit-grants/queries";
import { listCreditGrants } from "@/lib/credit-grants/service";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";

export const metadata: Metadata = { title: "Credits" };

export default async function CreditsPage() {
  const ctx = await pageCtx();
  const { roles } = ctx.actor;
  if (!can(roles, "books:read_all")) notFound();
  const client = new QueryClient();
  await client.fetchQuery({
    ...creditGrantsQuery(),
    queryFn: () => everyPage((page) => listCreditGrants(ctx, page)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CreditsView currency={ctx.organization.baseCurrency} mayWrite={can(roles, "books:write_all")} />
    </HydrationBoundary>
  );
}
