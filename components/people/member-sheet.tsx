"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { History } from "@/components/audit/history";
import { Leaves } from "@/components/people/leaves";
import { MemberForm } from "@/components/people/member-form";
import { MergeMember } from "@/components/people/merge-member";
import { MoveForm } from "@/components/people/move-form";
import { KIND_NAMES, type PeopleRights, writableTeams } from "@/components/people/people";
import { PersonData } from "@/components/people/person-data";
import { Badge } from "@/components/ui/badge";
import { ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { useToday } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { membershipsQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import type { Team } from "@/lib/teams/schema";

type MemberSheetProps = {
  readonly member: Member;
  readonly members: readonly Member[];
  readonly teams: readonly Team[];
  readonly withTeams: boolean;
  readonly rights: PeopleRights;
  /** Shows another member, or none. */
  readonly onMember: (id: string | null) => void;
};

/** A member: what is known, the teams from day to day, and the way to another one. */
export function MemberSheet({ member, members, teams, withTeams, rights, onMember }: MemberSheetProps) {
  const [dirty, setDirty] = useState(false);
  const choices = writableTeams(teams, rights);
  const maySave = ({ team }: Member) =>
    rights.writeMembers && (rights.onlyTeamIds === null || choices.some(({ id }) => id === team?.id));
  const writes = maySave(member) && !member.erased;

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onMember(null)}
      title={member.name}
      dirty={dirty}
      description={
        <span className="flex flex-wrap items-center gap-2">
          {KIND_NAMES[member.kind]}
          {withTeams && member.team && <span>· {member.team.name}</span>}
          {member.archived && <Badge>{member.erased ? "erased" : "archived"}</Badge>}
        </span>
      }
    >
      <div className="flex flex-col gap-6">
        {writes ? (
          <MemberForm key={member.version} member={member} onDirty={setDirty} />
        ) : (
          <Facts
            facts={[
              { term: "E-mail", value: member.email ?? "·" },
              { term: "Also known as", value: member.aliases.join(", ") || "·" },
            ]}
          />
        )}
        {withTeams && (
          <section aria-labelledby="member-teams" className="flex flex-col gap-3">
            <h3 id="member-teams" className="font-bold">
              Teams
            </h3>
            <MembershipTable memberId={member.id} />
            {writes && <MoveForm key={`${member.id} ${member.team?.id}`} member={member} teams={choices} />}
          </section>
        )}
        {member.kind === "person" && <Leaves member={member} mayWrite={writes} />}
        <History of="member" id={member.id} />
        {writes && (
          <MergeMember
            member={member}
            others={members.filter((other) => other.id !== member.id && !other.archived && maySave(other))}
            onMerged={onMember}
          />
        )}
        {(rights.erase || rights.ownId === member.id) && (
          <PersonData member={member} mayErase={rights.erase && rights.ownId !== member.id} />
        )}
      </div>
    </Sheet>
  );
}

function MembershipTable({ memberId }: { readonly memberId: string }) {
  const memberships = useQuery(membershipsQuery(memberId));
  const today = useToday();
  if (memberships.isPending) return <Skeleton className="h-16" />;
  if (memberships.isError) {
    return (
      <ErrorState title="The teams could not be read" onRetry={() => memberships.refetch()}>
        {memberships.error.message}
      </ErrorState>
    );
  }
  if (memberships.data.length === 0) return <p className="text-muted">In no team so far.</p>;

  return (
    <div className="overflow-clip rounded-lg border border-line">
      <Table caption="Teams from day to day" divided>
        <TableHead>
          <tr>
            <Column>Team</Column>
            <Column>From</Column>
            <Column>Until, not included</Column>
          </tr>
        </TableHead>
        <tbody>
          {memberships.data.map(({ id, team, startsOn, endsOn }) => (
            <Row key={id} selected={startsOn <= today && (endsOn === null || endsOn > today)}>
              <RowHead className="font-normal">{team.name}</RowHead>
              <Cell className="whitespace-nowrap">{dateText(startsOn)}</Cell>
              <Cell className="whitespace-nowrap">{endsOn ? dateText(endsOn) : "open"}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
