import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { SessionsView } from "@/components/settings/sessions-view";
import { pageCtx } from "@/lib/auth/session";
import { sessionsQuery } from "@/lib/sessions/queries";
import { listSessions } from "@/lib/sessions/service";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  const ctx = await pageCtx();
  const client = new QueryClient();
  await client.fetchQuery({ ...sessionsQuery(), queryFn: async () => (await listSessions(ctx)).data });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SessionsView />
    </HydrationBoundary>
  );
}
