import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AccountsView } from "@/components/accounts/accounts-view";
import { accountsQuery } from "@/lib/accounts/queries";
import { listAccounts } from "@/lib/accounts/service";
import { pageCtx } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { firstDayOf, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { forecastQuery } from "@/lib/forecast/queries";
import { getForecast } from "@/lib/forecast/service";

export const metadata: Metadata = { title: "API accounts" };

export default async function ApiAccountsPage() {
  const ctx = await pageCtx();
  const { roles } = ctx.actor;
  if (!can(roles, "account:read")) notFound();
  const client = new QueryClient();
  await client.fetchQuery({
    ...accountsQuery(),
    queryFn: () => everyPage((page) => listAccounts(ctx, page)),
  });
  const month = monthOf(utcDateOf(ctx.now));
  const months = { from: month, to: month };
  await client.fetchQuery({ ...forecastQuery(months), queryFn: () => getForecast(ctx, months) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AccountsView
        currency={ctx.organization.baseCurrency}
        booksStartOn={firstDayOf(ctx.organization.booksStart)}
        mayWrite={can(roles, "account:write")}
        maySeeCredits={can(roles, "books:read_all")}
      />
    </HydrationBoundary>
  );
}
