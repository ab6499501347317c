import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { TokensView } from "@/components/settings/tokens-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { tokensQuery } from "@/lib/tokens/queries";
import { listTokens } from "@/lib/tokens/service";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const ctx = await pageCtx();
  const client = new QueryClient();
  await client.fetchQuery({ ...tokensQuery(), queryFn: async () => (await listTokens(ctx)).data });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TokensView mayManage={can(ctx.actor.roles, "token:manage")} />
    </HydrationBoundary>
  );
}
