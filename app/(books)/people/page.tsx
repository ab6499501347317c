import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { PeopleView } from "@/components/people/people-view";
import { pageCtx } from "@/lib/auth/session";
import { firstDayOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { membersQuery } from "@/lib/members/queries";
import { listMembers } from "@/lib/members/service";
import { teamsQuery } from "@/lib/teams/queries";
import { listTeams } from "@/lib/teams/service";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const ctx = await pageCtx();
  const { roles, ledTeamIds, memberId } = ctx.actor;
  const queryClient = new QueryClient();
  await queryClient.fetchQuery({
    ...membersQuery(),
    queryFn: () => everyPage((page) => listMembers(ctx, page)),
  });
  await queryClient.fetchQuery({ ...teamsQuery(), queryFn: () => everyPage((page) => listTeams(ctx, page)) });

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PeopleView
        booksStartOn={firstDayOf(ctx.organization.booksStart)}
        rights={{
          writeMembers: can(roles, "member:write"),
          writeTeams: can(roles, "team:write"),
          onlyTeamIds: can(roles, "books:write_all") ? null : ledTeamIds,
          erase: can(roles, "person:erase"),
          ownId: memberId,
        }}
      />
    </HydrationBoundary>
  );
}
