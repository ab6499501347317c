import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { OrganizationSettings } from "@/components/settings/organization-form";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { organizationQuery } from "@/lib/organization/queries";
import { readOrganization } from "@/lib/organization/service";

export const metadata: Metadata = { title: "Organization" };

export default async function OrganizationPage() {
  const ctx = await pageCtx();
  const queryClient = new QueryClient();
  await queryClient.fetchQuery({ ...organizationQuery(), queryFn: () => readOrganization(ctx) });

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OrganizationSettings mayWrite={can(ctx.actor.roles, "organization:write")} />
    </HydrationBoundary>
  );
}
