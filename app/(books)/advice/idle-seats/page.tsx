import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { idleDaysOf } from "@/components/advice/idle-days";
import { IdleView } from "@/components/advice/idle-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { idleSeatsQuery } from "@/lib/idle-seats/queries";
import { idleFilter } from "@/lib/idle-seats/schema";
import { listIdleSeats } from "@/lib/idle-seats/service";
import { membersQuery } from "@/lib/members/queries";
import { listMembers } from "@/lib/members/service";

export const metadata: Metadata = { title: "Idle seats" };

export default async function IdleSeatsPage({ searchParams }: PageProps<"/advice/idle-seats">) {
  const ctx = await pageCtx();
  const { roles } = ctx.actor;
  if (!can(roles, "idle-seat:read")) notFound();
  const { days: asked } = await searchParams;
  const days = idleDaysOf(typeof asked === "string" ? asked : null);
  const client = new QueryClient();
  await client.fetchInfiniteQuery({
    ...idleSeatsQuery(days),
    queryFn: () => listIdleSeats(ctx, idleFilter.parse({ days })),
  });
  await client.fetchQuery({
    ...membersQuery(),
    queryFn: () => everyPage((page) => listMembers(ctx, page)),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IdleView mayWrite={can(roles, "seat:write")} />
    </HydrationBoundary>
  );
}
