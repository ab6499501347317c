import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { RenewalsView } from "@/components/advice/renewals-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { readFeed } from "@/lib/renewals/feed";
import { calendarFeedQuery, renewalsQuery } from "@/lib/renewals/queries";
import { renewalFilter } from "@/lib/renewals/schema";
import { listRenewals } from "@/lib/renewals/service";

export const metadata: Metadata = { title: "Renewals" };

export default async function RenewalsPage() {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "renewal:read")) notFound();
  const client = new QueryClient();
  await client.fetchQuery({
    ...renewalsQuery(),
    queryFn: () => listRenewals(ctx, renewalFilter.parse({})),
  });
  await client.fetchQuery({ ...calendarFeedQuery(), queryFn: () => readFeed(ctx) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RenewalsView />
    </HydrationBoundary>
  );
}
