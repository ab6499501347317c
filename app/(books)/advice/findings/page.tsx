import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { findingStatusOf } from "@/components/advice/finding-status";
import { FindingsView } from "@/components/advice/findings-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { findingRulesQuery, findingsQuery } from "@/lib/findings/queries";
import { readFindingRules } from "@/lib/findings/rules";
import { findingFilter } from "@/lib/findings/schema";
import { listFindings } from "@/lib/findings/service";
import { membersQuery } from "@/lib/members/queries";
import { listMembers } from "@/lib/members/service";

export const metadata: Metadata = { title: "Findings" };

export default async function FindingsPage({ searchParams }: PageProps<"/advice/findings">) {
  const ctx = await pageCtx();
  const { roles } = ctx.actor;
  const { status: asked } = await searchParams;
  const status = findingStatusOf(typeof asked === "string" ? asked : null);
  const client = new QueryClient();
  await client.fetchInfiniteQuery({
    ...findingsQuery(status),
    queryFn: () => listFindings(ctx, findingFilter.parse({ status })),
  });
  await client.fetchQuery({ ...findingRulesQuery(), queryFn: () => readFindingRules(ctx) });
  if (can(roles, "finding:write")) {
    await client.fetchQuery({
      ...membersQuery(),
      queryFn: () => everyPage((page) => listMembers(ctx, page)),
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <FindingsView
        maySetRules={can(roles, "organization:write")}
        mayReadAccounts={can(roles, "account:read")}
      />
    </HydrationBoundary>
  );
}
