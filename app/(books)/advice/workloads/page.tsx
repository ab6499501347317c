import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { WorkloadsView } from "@/components/workloads/workloads-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { workloadsQuery } from "@/lib/workloads/queries";
import { listWorkloads } from "@/lib/workloads/service";

export const metadata: Metadata = { title: "Workloads" };

export default async function WorkloadsPage() {
  const ctx = await pageCtx();
  const client = new QueryClient();
  await client.fetchQuery({
    ...workloadsQuery(),
    queryFn: () => everyPage((page) => listWorkloads(ctx, page)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <WorkloadsView
        currency={ctx.organization.baseCurrency}
        mayWrite={can(ctx.actor.roles, "workload:write")}
      />
    </HydrationBoundary>
  );
}
