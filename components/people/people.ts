import type { Member } from "@/lib/members/schema";
import type { Team } from "@/lib/teams/schema";

/** What the reader may do with people; the server decides, this only spares them the attempt. */
export type PeopleRights = {
  readonly writeMembers: boolean;
  readonly writeTeams: boolean;
  /** The teams whose members they may write; null is all of them. */
  readonly onlyTeamIds: readonly string[] | null;
  /** Whether they may take out and erase what is kept about anybody. */
  readonly erase: boolean;
  /** The member that they are: what is kept about themselves is theirs. */
  readonly ownId: string | null;
};

export type TeamGroup = { readonly team: Team | null; readonly members: readonly Member[] };

export const KIND_NAMES = {
  person: "Person",
  shared_account: "Shared account",
  service: "Service",
} as const satisfies Record<Member["kind"], string>;

const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);

/** Members under their team of today, by name; those without a team last. */
export function groupByTeam(teams: readonly Team[], members: readonly Member[]): TeamGroup[] {
  const byTeam = Map.groupBy(members.toSorted(byName), ({ team }) => team?.id ?? null);
  const groups: TeamGroup[] = teams
    .toSorted(byName)
    .map((team) => ({ team, members: byTeam.get(team.id) ?? [] }));
  // A lead does not see every team's people, so a member can be in a team that is not in the list.
  const listed = new Set(teams.map(({ id }) => id));
  const rest = members.filter(({ team }) => team === null || !listed.has(team.id)).toSorted(byName);
  return rest.length > 0 ? [...groups, { team: null, members: rest }] : groups;
}

/** The teams that the reader may put somebody in. */
export function writableTeams(teams: readonly Team[], { onlyTeamIds }: PeopleRights): Team[] {
  return teams.filter(({ id, archived }) => !archived && (onlyTeamIds === null || onlyTeamIds.includes(id)));
}

/** Who leads the team on the day. */
export function leadsOn({ leads }: Team, day: string) {
  return leads.filter(({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || endsOn > day));
}
