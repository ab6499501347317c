"use client";

import { useState } from "react";

import { LeadForm } from "@/components/people/lead-form";
import type { PeopleRights } from "@/components/people/people";
import { TeamForm } from "@/components/people/team-form";
import { useSave } from "@/components/shell/use-save";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToday } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import type { Member } from "@/lib/members/schema";
import { leadsPath, teamsQuery } from "@/lib/teams/queries";
import type { Team, TeamLead } from "@/lib/teams/schema";

type TeamSheetProps = {
  readonly team: Team;
  readonly members: readonly Member[];
  readonly rights: PeopleRights;
  readonly onClose: () => void;
};

/** A team: its name and code, and who leads it from day to day. */
export function TeamSheet({ team, members, rights, onClose }: TeamSheetProps) {
  const [dirty, setDirty] = useState(false);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={team.name}
      dirty={dirty}
      description={
        <span className="flex items-center gap-2">
          Cost centre {team.code}
          {team.archived && <Badge>archived</Badge>}
        </span>
      }
    >
      <div className="flex flex-col gap-6">
        {rights.writeTeams && <TeamForm key={team.version} team={team} onDirty={setDirty} />}
        <section aria-labelledby="team-leads" className="flex flex-col gap-3">
          <h3 id="team-leads" className="font-bold">
            Leads
          </h3>
          <p className="text-muted">
            Who leads a team and signs in as a lead sees its people and its money, and enters its seats.
          </p>
          <Leads team={team} mayEnd={rights.writeTeams} />
          {rights.writeTeams && <LeadForm team={team} members={members} />}
        </section>
      </div>
    </Sheet>
  );
}

function Leads({ team, mayEnd }: { readonly team: Team; readonly mayEnd: boolean }) {
  const today = useToday();
  if (team.leads.length === 0) return <p>Nobody leads this team yet.</p>;
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {team.leads.map((lead) => (
        <li key={lead.id} className="flex items-center justify-between gap-4 px-4 py-1.5">
          <span className="min-w-0">
            <bdi className="font-medium">{lead.member.name}</bdi>{" "}
            <span className="text-muted">
              from {dateText(lead.startsOn)}
              {lead.endsOn && ` until ${dateText(lead.endsOn)}, not included`}
            </span>
          </span>
          {mayEnd && (lead.endsOn === null || lead.endsOn > today) && <EndLead team={team} lead={lead} />}
        </li>
      ))}
    </ul>
  );
}

function EndLead({ team, lead }: { readonly team: Team; readonly lead: TeamLead }) {
  const today = useToday();
  const toast = useToast();
  const end = useSave(
    () => sendJson(`${leadsPath(team.id)}/${lead.id}`, { method: "PATCH", body: { endsOn: today } }),
    { invalidates: [teamsQuery().queryKey] },
  );
  return (
    <Button
      size="small"
      busy={end.isPending}
      disabled={lead.startsOn >= today}
      aria-label={`End the lead of ${lead.member.name}`}
      onClick={() =>
        end.mutate(undefined, {
          onSuccess: () => toast({ title: `${lead.member.name} no longer leads ${team.name}` }),
          onError: (error) => toast({ title: error.message, tone: "danger" }),
        })
      }
    >
      End today
    </Button>
  );
}
