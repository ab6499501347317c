import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { UsageView } from "@/components/usage/usage-view";
import { pageCtx } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { isMonth, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { unmatchedQuery } from "@/lib/identities/queries";
import { identityFilter } from "@/lib/identities/schema";
import { listIdentities } from "@/lib/identities/service";
import { importsQuery } from "@/lib/imports/queries";
import { listImports } from "@/lib/imports/service";
import { usageQuery } from "@/lib/usage/queries";
import { usageFilter } from "@/lib/usage/schema";
import { getUsage } from "@/lib/usage/service";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: PageProps<"/usage">) {
  const ctx = await pageCtx();
  const currentMonth = monthOf(utcDateOf(ctx.now));
  const { month: asked, by } = await searchParams;
  const month = typeof asked === "string" && isMonth(asked) ? asked : currentMonth;
  const mayImport = can(ctx.actor.roles, "import:use");
  const { roles } = ctx.actor;
  const seesOthers = can(roles, "books:read_all") || can(roles, "team:read_led");
  const client = new QueryClient();
  const wanted = usageFilter.safeParse({ from: month, to: month, groupBy: by });
  const filter = wanted.success ? wanted.data : usageFilter.parse({ from: month, to: month });
  await client.fetchQuery({ ...usageQuery(filter), queryFn: () => getUsage(ctx, filter) });
  if (mayImport) {
    await client.fetchQuery({
      ...unmatchedQuery(),
      queryFn: () =>
        everyPage((page) => listIdentities(ctx, identityFilter.parse({ ...page, unmatched: "true" }))),
    });
    await client.fetchInfiniteQuery({
      ...importsQuery(),
      queryFn: () => listImports(ctx, { limit: 50 }),
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <UsageView currentMonth={currentMonth} mayImport={mayImport} seesOthers={seesOthers} />
    </HydrationBoundary>
  );
}
