import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { WebhooksView } from "@/components/settings/webhooks-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { webhooksQuery } from "@/lib/webhooks/queries";
import { listWebhooks } from "@/lib/webhooks/service";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage() {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "webhook:use")) notFound();
  const queryClient = new QueryClient();
  await queryClient.fetchQuery({
    ...webhooksQuery(),
    queryFn: () => everyPage((page) => listWebhooks(ctx, page)),
  });

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <WebhooksView />
    </HydrationBoundary>
  );
}
