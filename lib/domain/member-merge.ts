import { addDays, type CalendarDate, DATE_MAX } from "./calendar-date";
import { DomainError } from "./errors";
import type { TeamMembership } from "./facts";
import { contains, type Period } from "./period";
import { holdsOn } from "./seat-ledger";

/** Of one of two members who are the same person: the teams from day to day, and the days of which something is paid. */
export type MergingMember = {
  readonly memberships: readonly MembershipDays[];
  readonly costs: readonly Period[];
};

type MembershipDays = Omit<TeamMembership, "memberId">;

/**
 * The teams of two members who become one. On days when only one of them is in a team, that team. On days when they
 * are in two, what was paid stays where it counted: the team of the one who has cost on that day, and of the one who
 * is kept where neither has. From tomorrow on the kept one's team goes first.
 *
 * @returns in time order, without two in a row of one team
 * @throws DomainError `membership_overlap`, naming the first day up to today on which both have cost in two teams
 */
export function mergeMemberships(
  kept: MergingMember,
  merged: MergingMember,
  today: CalendarDate,
): MembershipDays[] {
  const tomorrow = addDays(today, 1);
  const days = daysOfChange([kept, merged], tomorrow);
  const teams = days.map((day) => {
    const [own, other] = [teamOn(kept, day), teamOn(merged, day)];
    if (own === null || other === null || own === other || day >= tomorrow) return own ?? other;
    if (!costsOn(merged, day)) return own;
    if (!costsOn(kept, day)) return other;
    const message = `On ${day} they are in different teams, and both have cost there. Move one of them first.`;
    throw new DomainError("membership_overlap", message, { fields: { intoMemberId: message } });
  });
  return joined(days, teams);
}

/** Runs of days, from each day of change to the next; the last is open. */
function joined(days: readonly CalendarDate[], teams: readonly (string | null)[]): MembershipDays[] {
  const runs: { teamId: string; startsOn: CalendarDate; endsOn: CalendarDate | null }[] = [];
  for (const [index, startsOn] of days.entries()) {
    const teamId = teams[index] ?? null;
    if (teamId === null) continue;
    const endsOn = days[index + 1] ?? null;
    const last = runs.at(-1);
    if (last?.teamId === teamId && last.endsOn === startsOn) last.endsOn = endsOn;
    else runs.push({ teamId, startsOn, endsOn });
  }
  return runs;
}

function daysOfChange(members: readonly MergingMember[], tomorrow: CalendarDate): CalendarDate[] {
  const days = new Set<CalendarDate>([tomorrow]);
  for (const { memberships, costs } of members) {
    for (const { startsOn, endsOn } of memberships) days.add(startsOn).add(endsOn ?? DATE_MAX);
    for (const { start, end } of costs) days.add(start).add(end);
  }
  return [...days].filter((day) => day < DATE_MAX).sort();
}

const teamOn = ({ memberships }: MergingMember, day: CalendarDate): string | null =>
  memberships.find((membership) => holdsOn(membership, day))?.teamId ?? null;

const costsOn = ({ costs }: MergingMember, day: CalendarDate): boolean =>
  costs.some((period) => contains(period, day));

/** The days of several runs as runs that do not touch, in time order; a run without end has none. */
export function joinDays<Days extends { startsOn: CalendarDate; endsOn: CalendarDate | null }>(
  runs: readonly Days[],
): { readonly startsOn: CalendarDate; readonly endsOn: CalendarDate | null }[] {
  const inTime = runs.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  const joint: { startsOn: CalendarDate; endsOn: CalendarDate | null }[] = [];
  for (const { startsOn, endsOn } of inTime) {
    const last = joint.at(-1);
    if (!last || (last.endsOn !== null && last.endsOn < startsOn)) joint.push({ startsOn, endsOn });
    else if (last.endsOn !== null && (endsOn === null || endsOn > last.endsOn)) last.endsOn = endsOn;
  }
  return joint;
}
