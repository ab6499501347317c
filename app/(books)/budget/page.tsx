import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import {
  budgetQuestionOf,
  budgetViewOf,
  cellOf,
  ledgerFilterOf,
  type OpenCell,
} from "@/components/budget/budget-address";
import { BudgetView } from "@/components/budget/budget-view";
import { lastWholeMonth } from "@/components/budget/last-whole-month";
import type { Ctx } from "@/lib/auth/ctx";
import { pageCtx } from "@/lib/auth/session";
import { budgetQuery } from "@/lib/budget/queries";
import type { Budget } from "@/lib/budget/schema";
import { budgetGroupings, getBudget } from "@/lib/budget/service";
import { changesQuery } from "@/lib/changes/queries";
import { getChanges } from "@/lib/changes/service";
import { getCoverage } from "@/lib/coverage/service";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { isMonth, type Month, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { getBridge, listLedger } from "@/lib/entries/service";
import { bridgeQuery, coverageQuery, ledgerQuery } from "@/lib/ledger/queries";
import { ledgerInput } from "@/lib/ledger/schema";
import { alertsQuery } from "@/lib/thresholds/queries";
import { listAlerts } from "@/lib/thresholds/service";

export const metadata: Metadata = { title: "Budget" };

export default async function BudgetPage({ searchParams }: PageProps<"/budget">) {
  const ctx = await pageCtx();
  const currentMonth = monthOf(utcDateOf(ctx.now));
  const { roles } = ctx.actor;

  return (
    <HydrationBoundary state={dehydrate(await readPage(ctx, currentMonth, await searchParams))}>
      <BudgetView
        currentMonth={currentMonth}
        fiscalYearStart={ctx.organization.fiscalYearStart}
        groupings={await budgetGroupings(ctx)}
        rights={{
          enter: can(roles, "invoice:enter"),
          classify: can(roles, "account:write"),
          export: can(roles, "report:export"),
          plan: can(roles, "budget:read"),
          forecast: can(roles, "account:read"),
          demo: can(roles, "demo:use"),
        }}
      />
    </HydrationBoundary>
  );
}

type Address = Readonly<Record<string, string | string[] | undefined>>;

/** What the page shows at its address, read before it is sent. */
async function readPage(ctx: Ctx, currentMonth: Month, address: Address): Promise<QueryClient> {
  const word = (name: string) => (typeof address[name] === "string" ? address[name] : null);
  const asked = word("month");
  const month = asked !== null && isMonth(asked) ? asked : currentMonth;
  const view = budgetViewOf({ basis: word("basis"), by: word("by"), period: word("period") });
  const question = budgetQuestionOf(month, view, ctx.organization.fiscalYearStart);
  const { from, to } = question;
  const client = new QueryClient();

  const budget = await client.fetchQuery({
    ...budgetQuery(question),
    queryFn: () => getBudget(ctx, question),
  });
  await client.fetchQuery({ ...coverageQuery({ from, to }), queryFn: () => getCoverage(ctx, { from, to }) });
  await client.fetchQuery({ ...bridgeQuery(month), queryFn: () => getBridge(ctx, { month }) });
  if (can(ctx.actor.roles, "budget:read")) {
    const filter = { month, limit: 200 };
    await client.fetchQuery({
      ...alertsQuery(month),
      queryFn: async () => (await listAlerts(ctx, filter)).data,
    });
  }
  for (const one of new Set([lastWholeMonth(month, currentMonth), ...(word("changes") ? [month] : [])]))
    await client.fetchQuery({ ...changesQuery(one), queryFn: () => getChanges(ctx, { month: one }) });
  for (const cell of [unclassifiedCell(budget, month), cellOf(word("entries"))]) {
    const filter = cell && ledgerFilterOf(cell, { from, to }, view);
    const input = ledgerInput.safeParse(filter);
    if (!filter || !input.success) continue;
    await client.fetchInfiniteQuery({
      ...ledgerQuery(filter),
      queryFn: () => listLedger(ctx, input.data),
    });
  }
  return client;
}

/** The cell that the strip tells about, while there is something to classify. */
function unclassifiedCell({ lines }: Budget, month: Month): OpenCell | null {
  const line = lines.find(({ purpose }) => purpose === "unclassified");
  const some = line?.months.some((one) => one.month === month && one.actual.minor !== 0);
  return some ? { purpose: "unclassified", month, group: "all" } : null;
}
