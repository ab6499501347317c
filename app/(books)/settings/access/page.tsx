import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AccessView } from "@/components/settings/access-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { invitationsQuery } from "@/lib/invitations/queries";
import { listInvitations } from "@/lib/invitations/service";
import { teamsQuery } from "@/lib/teams/queries";
import { listTeams } from "@/lib/teams/service";
import { usersQuery } from "@/lib/users/queries";
import { listUsers } from "@/lib/users/service";

export const metadata: Metadata = { title: "Access" };

export default async function AccessPage() {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "user:read")) notFound();
  const mayWrite = can(ctx.actor.roles, "user:write");
  const client = new QueryClient();
  await client.fetchQuery({ ...usersQuery(), queryFn: async () => (await listUsers(ctx)).data });
  await client.fetchQuery({ ...teamsQuery(), queryFn: () => everyPage((page) => listTeams(ctx, page)) });
  if (mayWrite) {
    await client.fetchQuery({
      ...invitationsQuery(),
      queryFn: async () => (await listInvitations(ctx)).data,
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AccessView mayWrite={mayWrite} />
    </HydrationBoundary>
  );
}
