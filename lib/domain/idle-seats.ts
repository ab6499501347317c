import { addDays, type CalendarDate } from "./calendar-date";
import type { FileFormat } from "./file-format";

/** Nobody is asked about a seat in their first days: with the organization, or with the seat. */
export const JOINED_DAYS = 30;

/** Without use for so many days a seat counts as idle, unless somebody asks for another number. */
export const IDLE_DAYS = 30;

/** Files in which a provider tells of everybody's use, so that who is not in them did not use it; and whose they are. */
export const REPORTS_OF_ALL: Readonly<Partial<Record<FileFormat, string>>> = {
  cursor_usage: "Cursor",
  github_copilot_usage: "GitHub",
};

/** What is known of a held seat. `unknown`: nobody told of everybody's use lately, so silence says nothing. */
export const SEAT_STATES = ["used", "idle", "unknown", "joined", "on_leave"] as const;
export type SeatState = (typeof SEAT_STATES)[number];

export type SeatKnown = {
  /** From when the seat is held, and from when its holder is in the organization. */
  readonly heldFrom: CalendarDate;
  readonly joinedOn: CalendarDate | null;
  /** Holders on leave today. */
  readonly onLeave: boolean;
  /** Of what the seat includes or is charged on top of it; null: none is known. */
  readonly lastUsedOn: CalendarDate | null;
};

/**
 * What a held seat is: idle where nobody used it for so many days up to the last one of which everybody's use is known.
 *
 * @param knownUntil the last day of which a file told of everybody's use of the provider; null: there is none
 */
export function seatState(
  { heldFrom, joinedOn, onLeave, lastUsedOn }: SeatKnown,
  { today, idleDays, knownUntil }: { today: CalendarDate; idleDays: number; knownUntil: CalendarDate | null },
): SeatState {
  const recently = addDays(today, -idleDays);
  if (lastUsedOn !== null && lastUsedOn > recently) return "used";
  const newest = addDays(today, -JOINED_DAYS);
  if (heldFrom > newest || (joinedOn !== null && joinedOn > newest)) return "joined";
  if (onLeave) return "on_leave";
  if (knownUntil === null || knownUntil <= recently) return "unknown";
  const until = knownUntil < today ? knownUntil : today;
  const since = lastUsedOn !== null && lastUsedOn > heldFrom ? lastUsedOn : heldFrom;
  return since <= addDays(until, -idleDays) ? "idle" : "used";
}

/** The seats of one plan of a contract, and what one costs a month. */
export type PlanSeats = {
  readonly planId: string;
  readonly bought: number;
  readonly minimumSeats: number;
  readonly monthlyMinor: number;
  /** What one will cost at the next renewal that can still be made smaller; null: nothing renews. */
  readonly renewalMonthlyMinor: number | null;
  readonly states: readonly SeatState[];
};

export type Waste = {
  /** Held without use, and held by nobody. */
  readonly idle: number;
  readonly unassigned: number;
  /** What both cost a month. */
  readonly exposedMinor: number;
  /** Of it, what somebody else could have today: a seat of a contract that holds more than one. */
  readonly reassignable: number;
  readonly reassignableMinor: number;
  /** Of it, what the next renewal can leave out: down to the plan's minimum, or all of a plan that nobody uses. */
  readonly reducible: number;
  readonly reducibleMinor: number;
  /** Held seats of whose use nobody knows. */
  readonly unknown: number;
  readonly unknownMinor: number;
};

/**
 * What of a contract's seats is wasted, plan by plan in their order.
 *
 * A contract of a single seat is somebody's own: it can end, but not pass to somebody else.
 */
export function wasteOf(plans: readonly PlanSeats[]): Waste[] {
  const bought = plans.reduce((sum, plan) => sum + plan.bought, 0);
  return plans.map((plan) => {
    const { monthlyMinor, renewalMonthlyMinor, states } = plan;
    const count = (state: SeatState) => states.filter((each) => each === state).length;
    const idle = count("idle");
    const unassigned = Math.max(0, plan.bought - states.length);
    const exposed = idle + unassigned;
    const reassignable = bought > 1 ? exposed : 0;
    const reducible = renewalMonthlyMinor === null ? 0 : reducibleOf(plan, exposed);
    return {
      ...{ idle, unassigned, reassignable, reducible },
      exposedMinor: exposed * monthlyMinor,
      reassignableMinor: reassignable * monthlyMinor,
      reducibleMinor: reducible * (renewalMonthlyMinor ?? 0),
      unknown: count("unknown"),
      unknownMinor: count("unknown") * monthlyMinor,
    };
  });
}

const reducibleOf = ({ bought, minimumSeats }: PlanSeats, exposed: number): number =>
  exposed === bought ? exposed : Math.min(exposed, Math.max(0, bought - minimumSeats));
