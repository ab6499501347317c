import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { MessagesView } from "@/components/settings/messages-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { messagesQuery } from "@/lib/messages/queries";
import { listInput } from "@/lib/messages/schema";
import { listMessages } from "@/lib/messages/service";

export const metadata: Metadata = { title: "Messages" };

export default async function MessagesPage() {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "message:read")) notFound();
  const queryClient = new QueryClient();
  await queryClient.fetchInfiniteQuery({
    ...messagesQuery(),
    queryFn: () => listMessages(ctx, listInput.parse({})),
  });

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <MessagesView />
    </HydrationBoundary>
  );
}
