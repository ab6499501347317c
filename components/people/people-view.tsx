"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { AddMemberRow } from "@/components/people/add-member-row";
import { MemberSheet } from "@/components/people/member-sheet";
import { type Paste, PasteMembers } from "@/components/people/paste-members";
import { groupByTeam, type PeopleRights, writableTeams } from "@/components/people/people";
import { PeopleTable } from "@/components/people/people-table";
import { TeamForm } from "@/components/people/team-form";
import { TeamSheet } from "@/components/people/team-sheet";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { membersQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import { teamsQuery } from "@/lib/teams/queries";
import type { Team } from "@/lib/teams/schema";

type PeopleViewProps = { readonly rights: PeopleRights; readonly booksStartOn: CalendarDate };

/** Who can hold a seat, and in which team. */
export function PeopleView(props: PeopleViewProps) {
  const members = useQuery(membersQuery());
  const teams = useQuery(teamsQuery());
  if (members.isPending || teams.isPending) return <Skeleton className="h-96" />;
  const failed = members.isError ? members : teams.isError ? teams : null;
  if (failed) {
    return (
      <ErrorState
        title="People could not be read"
        onRetry={() => failed.refetch()}
        retrying={failed.isFetching}
      >
        {failed.error.message}
      </ErrorState>
    );
  }
  return <People {...props} members={members.data ?? []} teams={teams.data ?? []} />;
}

type PeopleProps = PeopleViewProps & { readonly members: readonly Member[]; readonly teams: readonly Team[] };

function People({ rights, booksStartOn, members, teams }: PeopleProps) {
  const [memberId, openMember] = useAddressParam("member");
  const [teamId, openTeam] = useAddressParam("team");
  const [archived, setArchived] = useAddressParam("archived");
  const [paste, setPaste] = useState<Paste | null>(null);

  const shown = <T extends { readonly archived: boolean }>(rows: readonly T[]) =>
    rows.filter((row) => archived !== null || !row.archived);
  const withTeams = teams.filter((team) => !team.archived).length > 1;
  const member = members.find(({ id }) => id === memberId);
  const team = teams.find(({ id }) => id === teamId);
  const hasArchived = [...members, ...teams].some((row) => row.archived);

  return (
    <>
      <PageHeader
        title="People"
        note={countsOf(shown(members).length, withTeams ? shown(teams).length : 0)}
        actions={
          <>
            {hasArchived && (
              <Checkbox
                label="Show archived"
                checked={archived !== null}
                onChange={({ target }) => setArchived(target.checked ? "1" : null)}
              />
            )}
            {!withTeams && rights.writeTeams && teams[0] && (
              <Button onClick={() => openTeam(teams[0]?.id ?? null)}>Team {teams[0].name}</Button>
            )}
            {rights.writeTeams && <Button onClick={() => openTeam("new")}>Add team</Button>}
          </>
        }
      />
      <Card flush>
        {shown(members).length > 0 ? (
          <PeopleTable
            groups={withTeams ? groupByTeam(shown(teams), shown(members)) : groupByTeam([], shown(members))}
            withTeams={withTeams}
            openId={memberId ?? teamId}
            onMember={openMember}
            onTeam={openTeam}
          />
        ) : (
          <EmptyState title="Nobody here yet">
            Members hold seats: people, shared accounts, and services. What they cost is known by person and
            team once they are here.
          </EmptyState>
        )}
        {rights.writeMembers && (
          <AddMemberRow
            teams={writableTeams(teams, rights)}
            defaultStart={booksStartOn}
            onPasteRows={(text, to, startsOn) => setPaste({ text, teamId: to, startsOn })}
          />
        )}
      </Card>
      {member && (
        <MemberSheet
          key={member.id}
          member={member}
          members={members}
          teams={teams}
          withTeams={withTeams}
          rights={rights}
          onMember={openMember}
        />
      )}
      {team && (
        <TeamSheet
          key={team.id}
          team={team}
          members={members}
          rights={rights}
          onClose={() => openTeam(null)}
        />
      )}
      <Sheet open={teamId === "new"} onOpenChange={(open) => !open && openTeam(null)} title="Add team">
        <TeamForm onSaved={() => openTeam(null)} />
      </Sheet>
      {paste && (
        <PasteMembers
          paste={paste}
          teamName={withTeams ? (teams.find(({ id }) => id === paste.teamId)?.name ?? null) : null}
          known={members.map(({ name }) => name)}
          onClose={() => setPaste(null)}
        />
      )}
    </>
  );
}

function countsOf(members: number, teams: number): string {
  const people = members === 1 ? "1 member" : `${members} members`;
  return teams > 1 ? `${people} in ${teams} teams` : people;
}
