import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { ClosingView } from "@/components/closing/closing-view";
import { monthAsked } from "@/components/closing/period-rows";
import { pageCtx } from "@/lib/auth/session";
import { checklistQuery, periodsQuery } from "@/lib/closing/queries";
import { listPeriods, readChecklist } from "@/lib/closing/service";
import { can } from "@/lib/domain/permission";

export const metadata: Metadata = { title: "Close" };

export default async function ClosingPage({ searchParams }: PageProps<"/closing">) {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "closing:read")) notFound();
  const { period } = await searchParams;
  const client = new QueryClient();
  const { data } = await client.fetchQuery({ ...periodsQuery(), queryFn: () => listPeriods(ctx) });
  const month = monthAsked(typeof period === "string" ? period : null, data);
  if (month)
    await client.fetchQuery({ ...checklistQuery(month), queryFn: () => readChecklist(ctx, { month }) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ClosingView userId={ctx.actor.userId} mayClose={can(ctx.actor.roles, "closing:write")} />
    </HydrationBoundary>
  );
}
