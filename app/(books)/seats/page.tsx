import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { SeatsView } from "@/components/seats/seats-view";
import { shownDay } from "@/components/seats/shown-day";
import type { Ctx } from "@/lib/auth/ctx";
import { pageCtx } from "@/lib/auth/session";
import { plansQuery } from "@/lib/catalogue/queries";
import { listPlans } from "@/lib/catalogue/service";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { isMonth, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { membersQuery } from "@/lib/members/queries";
import { listMembers } from "@/lib/members/service";
import { productsQuery } from "@/lib/products/queries";
import { listProducts } from "@/lib/products/service";
import { subscriptionQuery, subscriptionsQuery } from "@/lib/subscriptions/queries";
import { byId } from "@/lib/subscriptions/schema";
import { listSubscriptions, readSubscription } from "@/lib/subscriptions/service";
import { teamsQuery } from "@/lib/teams/queries";
import { listTeams } from "@/lib/teams/service";

export const metadata: Metadata = { title: "Seats" };

export default async function SeatsPage({ searchParams }: PageProps<"/seats">) {
  const ctx = await pageCtx();
  const { roles, ledTeamIds } = ctx.actor;
  const today = utcDateOf(ctx.now);
  const { month: asked, subscription } = await searchParams;
  const month = typeof asked === "string" && isMonth(asked) ? asked : monthOf(today);

  return (
    <HydrationBoundary state={dehydrate(await readPage(ctx, shownDay(month, today), subscription))}>
      <SeatsView
        currentMonth={monthOf(today)}
        currency={ctx.organization.baseCurrency}
        rights={{
          write: can(roles, "seat:write"),
          onlyTeamIds: can(roles, "books:write_all") ? null : ledTeamIds,
          demo: can(roles, "demo:use"),
        }}
      />
    </HydrationBoundary>
  );
}

/** What the page shows at its address, read before it is sent. */
async function readPage(
  ctx: Ctx,
  day: CalendarDate,
  opened: string | string[] | undefined,
): Promise<QueryClient> {
  const client = new QueryClient();
  await client.fetchQuery({
    ...subscriptionsQuery(day),
    queryFn: () => everyPage((page) => listSubscriptions(ctx, { ...page, on: day })),
  });
  await client.fetchQuery({ ...plansQuery(), queryFn: () => everyPage((page) => listPlans(ctx, page)) });
  await client.fetchQuery({ ...teamsQuery(), queryFn: () => everyPage((page) => listTeams(ctx, page)) });
  await client.fetchQuery({ ...membersQuery(), queryFn: () => everyPage((page) => listMembers(ctx, page)) });
  await client.fetchQuery({
    ...productsQuery(),
    queryFn: () => everyPage((page) => listProducts(ctx, page)),
  });
  const one = byId.safeParse({ id: opened });
  if (one.success) {
    // One that is not there says so in its sheet.
    await client.prefetchQuery({
      ...subscriptionQuery(one.data.id),
      queryFn: () => readSubscription(ctx, one.data),
      retry: false,
    });
  }
  return client;
}
