"use client";

import { Fragment } from "react";

import { KIND_NAMES, leadsOn, type TeamGroup } from "@/components/people/people";
import { Badge } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { useToday } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { Member } from "@/lib/members/schema";
import type { Team } from "@/lib/teams/schema";

type PeopleTableProps = {
  readonly groups: readonly TeamGroup[];
  /** Below two teams nothing is said of teams. */
  readonly withTeams: boolean;
  readonly openId: string | null;
  readonly onMember: (id: string) => void;
  readonly onTeam: (id: string) => void;
};

/** Who is in which team today. A name opens what is known of it. */
export function PeopleTable({ groups, withTeams, openId, onMember, onTeam }: PeopleTableProps) {
  return (
    <Table caption="People" divided>
      <TableHead>
        <tr>
          <Column pinned>Name</Column>
          <Column>Kind</Column>
          <Column>E-mail</Column>
          <Column>Access</Column>
        </tr>
      </TableHead>
      <tbody>
        {groups.map(({ team, members }) => (
          <Fragment key={team?.id ?? "none"}>
            {withTeams && (
              <TeamRow team={team} count={members.length} open={team?.id === openId} onOpen={onTeam} />
            )}
            {members.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                indented={withTeams}
                open={member.id === openId}
                onOpen={onMember}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

type TeamRowProps = {
  readonly team: Team | null;
  readonly count: number;
  readonly open: boolean;
  readonly onOpen: (id: string) => void;
};

function TeamRow({ team, count, open, onOpen }: TeamRowProps) {
  const today = useToday();
  const leads = team ? leadsOn(team, today) : [];
  return (
    <Row ruled strong selected={open}>
      <RowHead pinned>
        {team ? (
          <NameButton strong name={team.name} onOpen={() => onOpen(team.id)} />
        ) : (
          <span className="text-muted">Without a team today</span>
        )}
      </RowHead>
      <Cell colSpan={3} className="font-normal text-muted">
        {[
          team?.code,
          count === 1 ? "1 member" : `${count} members`,
          leads.length > 0 && `led by ${leads.map(({ member }) => member.name).join(", ")}`,
          team?.archived && "archived",
        ]
          .filter(Boolean)
          .join(" · ")}
      </Cell>
    </Row>
  );
}

type MemberRowProps = {
  readonly member: Member;
  readonly indented: boolean;
  readonly open: boolean;
  readonly onOpen: (id: string) => void;
};

function MemberRow({ member, indented, open, onOpen }: MemberRowProps) {
  return (
    <Row selected={open}>
      <RowHead pinned className={indented ? "pl-8" : ""}>
        <span className="flex items-center gap-2">
          <NameButton name={member.name} onOpen={() => onOpen(member.id)} />
          {member.archived && <Badge>{member.erased ? "erased" : "archived"}</Badge>}
        </span>
      </RowHead>
      <Cell className="whitespace-nowrap">{KIND_NAMES[member.kind]}</Cell>
      <Cell className="max-w-72 truncate text-muted">{member.email ?? "·"}</Cell>
      <Cell className="whitespace-nowrap text-muted">{member.user ? "Can sign in" : "·"}</Cell>
    </Row>
  );
}

type NameButtonProps = { readonly name: string; readonly strong?: boolean; readonly onOpen: () => void };

function NameButton({ name, strong, onOpen }: NameButtonProps) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className={classNames(
        "min-h-6 max-w-80 truncate rounded-sm text-left hover:text-link hover:underline max-sm:max-w-44",
        strong && "font-bold",
      )}
    >
      <bdi>{name}</bdi>
    </button>
  );
}
