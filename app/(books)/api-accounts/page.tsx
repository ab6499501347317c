import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AccountsView } from "@/components/accounts/accounts-view";
import { accountsQuery } from "@/lib/accounts/queries";
import { listAccounts } from "@/lib/accounts/service";
import { pageCtx } from "@/lib/auth/session";
import { firstDayOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";

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
