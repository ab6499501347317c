import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { chosenVersion } from "@/components/plan/plan-choice";
import { PlanView } from "@/components/plan/plan-view";
import { pageCtx } from "@/lib/auth/session";
import { readGrid } from "@/lib/budgets/grid";
import { gridQuery, versionsQuery } from "@/lib/budgets/queries";
import { listVersions } from "@/lib/budgets/service";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { fiscalYearStartOf, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";

export const metadata: Metadata = { title: "Plan the budget" };

export default async function PlanPage({ searchParams }: PageProps<"/budget/plan">) {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "budget:read")) notFound();
  const thisYear = fiscalYearStartOf(monthOf(utcDateOf(ctx.now)), ctx.organization.fiscalYearStart);
  const { version } = await searchParams;
  const client = new QueryClient();
  const versions = await client.fetchQuery({
    ...versionsQuery(),
    queryFn: () => everyPage((page) => listVersions(ctx, page)),
  });
  const chosen = chosenVersion(versions, typeof version === "string" ? version : null, thisYear);
  if (chosen) {
    await client.fetchQuery({
      ...gridQuery(chosen.id),
      queryFn: () => readGrid(ctx, { versionId: chosen.id }),
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PlanView
        thisYear={thisYear}
        mayApprove={can(ctx.actor.roles, "budget:approve")}
        mayWrite={can(ctx.actor.roles, "budget:write")}
      />
    </HydrationBoundary>
  );
}
