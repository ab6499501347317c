import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { refusalWords } from "@/components/entry/refusal-words";
import { AccountView } from "@/components/settings/account-view";
import { accountQuery } from "@/lib/account/queries";
import { readAccount } from "@/lib/account/service";
import { pageCtx } from "@/lib/auth/session";
import { secondFactorQuery } from "@/lib/second-factor/queries";
import { readSecondFactor } from "@/lib/second-factor/service";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage({ searchParams }: PageProps<"/settings/account">) {
  const ctx = await pageCtx();
  const { refused } = await searchParams;
  const client = new QueryClient();
  await client.fetchQuery({ ...accountQuery(), queryFn: () => readAccount(ctx) });
  await client.fetchQuery({ ...secondFactorQuery(), queryFn: () => readSecondFactor(ctx) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AccountView refusal={refused ? refusalWords({ refused: String(refused) }) : null} />
    </HydrationBoundary>
  );
}
