import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { OpeningTotalsView } from "@/components/settings/opening-totals-view";
import { OrganizationData } from "@/components/settings/organization-data";
import { OrganizationSettings } from "@/components/settings/organization-form";
import { RemoveOrganization } from "@/components/settings/remove-organization";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { openingTotalsQuery } from "@/lib/opening-totals/queries";
import { listOpeningTotals } from "@/lib/opening-totals/service";
import { organizationQuery } from "@/lib/organization/queries";
import { readOrganization } from "@/lib/organization/service";
import { teamsQuery } from "@/lib/teams/queries";
import { listTeams } from "@/lib/teams/service";

export const metadata: Metadata = { title: "Organization" };

export default async function OrganizationPage() {
  const ctx = await pageCtx();
  const queryClient = new QueryClient();
  await queryClient.fetchQuery({ ...organizationQuery(), queryFn: () => readOrganization(ctx) });
  const { roles } = ctx.actor;
  const seesOpening = can(roles, "closing:read");
  if (seesOpening) {
    await queryClient.fetchQuery({ ...openingTotalsQuery(), queryFn: () => listOpeningTotals(ctx) });
    await queryClient.fetchQuery({
      ...teamsQuery(),
      queryFn: () => everyPage((page) => listTeams(ctx, page)),
    });
  }

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OrganizationSettings mayWrite={can(roles, "organization:write")} />
      {seesOpening && <OpeningTotalsView mayWrite={can(roles, "closing:write")} />}
      {can(roles, "organization:export") && <OrganizationData name={ctx.organization.name} />}
      {can(roles, "organization:remove") && <RemoveOrganization name={ctx.organization.name} />}
    </HydrationBoundary>
  );
}
