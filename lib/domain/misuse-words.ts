import type { FindingStatus } from "./finding";
import type { MisuseRuleId, ThresholdUnit } from "./misuse-rules";

/** What the rules find, as a person reads it: a risk or a saving of a key or plan, never a fault of somebody. */

export const RULE_NAMES = {
  production_key: "Production key used by people",
  seat_behind_service: "Seat behind automation",
  overlapping_seats: "Overlapping seats",
  personal_key: "Key where a seat is cheaper",
  mixed_workspace: "Workspace that mixes both lines",
} as const satisfies Record<MisuseRuleId, string>;

export const FINDING_STATUS_NAMES = {
  open: "Open",
  accepted: "Accepted",
  fixed: "Fixed",
  gone: "Gone by itself",
} as const satisfies Record<FindingStatus, string>;

/** Why it matters, and what would mend it. */
export const RULE_TEXTS = {
  production_key:
    "The key counts as product running, and people work with it too. Risk: the product’s cost is too high by that, and its rate and spend limits are shared with such work. A key of its own for that work, or a seat, would mend it.",
  seat_behind_service:
    "A seat is priced and limited for a person at work. Risk: automation on it has no key, model or spend limit of its own, and stops with the seat. An API account for it would mend that.",
  overlapping_seats:
    "Everything that one of the plans is for, another is for too. Where one is enough, the covered seat can end or pass to somebody else.",
  personal_key:
    "At what this work costs on keys, a flat plan costs less. The plan is the dearest below it, which is the one most likely to include as much; it takes a tool that works on a seat.",
  mixed_workspace:
    "What it costs counts in both lines. Risk: neither line can have a budget, a limit or an owner for its part. A workspace or key for each would mend that.",
} as const satisfies Record<MisuseRuleId, string>;

/** What a rule looks for, before it finds anything. */
export const RULE_LOOKS = {
  production_key:
    "An account that is all product running, set up for a tool that people work in, or used by people",
  seat_behind_service: "A seat held by a service, or counted as product running",
  overlapping_seats: "Seats of one person that are for the same",
  personal_key: "A person’s work on keys of a provider at which they hold no seat",
  mixed_workspace: "A workspace, project or key whose cost counts in both lines",
} as const satisfies Record<MisuseRuleId, string>;

/** What the amount of a finding is. */
export const AMOUNT_TEXTS = { cost: "at stake", saving: "could be saved" } as const;

/** What a threshold of a rule asks for. */
export function thresholdLabel(rule: MisuseRuleId, unit: ThresholdUnit, currency: string): string {
  switch (unit) {
    case "amount":
      return `From a month, ${currency}`;
    case "days":
      return rule === "overlapping_seats" ? "Both held for days" : "Days with use in a month";
    case "months":
      return "In so many of three months";
    case "percent":
      return "Percent in the smaller line";
  }
}
