import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { ReconciliationView } from "@/components/reconciliation/reconciliation-view";
import { pageCtx } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { isMonth, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { getBridge } from "@/lib/entries/service";
import { bridgeQuery } from "@/lib/ledger/queries";
import { reconciledContractQuery, reconciliationQuery } from "@/lib/reconciliation/queries";
import { contractMonth } from "@/lib/reconciliation/schema";
import { readReconciledContract, readReconciliation } from "@/lib/reconciliation/service";

export const metadata: Metadata = { title: "Reconciliation" };

export default async function ReconciliationPage({ searchParams }: PageProps<"/reconciliation">) {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "reconciliation:read")) notFound();
  const currentMonth = monthOf(utcDateOf(ctx.now));
  const { month: asked, contract } = await searchParams;
  const month = typeof asked === "string" && isMonth(asked) ? asked : currentMonth;
  const client = new QueryClient();
  await client.fetchQuery({
    ...reconciliationQuery(month),
    queryFn: () => readReconciliation(ctx, { month }),
  });
  await client.fetchQuery({ ...bridgeQuery(month), queryFn: () => getBridge(ctx, { month }) });
  const opened = contractMonth.safeParse({ month, id: contract });
  if (opened.success) {
    // One that is not there says so in its sheet.
    await client.prefetchQuery({
      ...reconciledContractQuery(month, opened.data.id),
      queryFn: () => readReconciledContract(ctx, opened.data),
      retry: false,
    });
  }

  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ReconciliationView
        currentMonth={currentMonth}
        mayExplain={can(ctx.actor.roles, "reconciliation:accept")}
      />
    </HydrationBoundary>
  );
}
