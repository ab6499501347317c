import type { CalendarDate } from "./calendar-date";
import type { Misuse } from "./misuse-facts";

/** `fixed`: somebody says that it is mended. `gone`: the rule no longer finds it. */
export const FINDING_STATUSES = ["open", "accepted", "fixed", "gone"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** What a person may say of a finding. */
export const SAID_STATUSES = ["open", "accepted", "fixed"] as const satisfies readonly FindingStatus[];
export type SaidStatus = (typeof SAID_STATUSES)[number];

export type KnownFinding = {
  readonly status: FindingStatus;
  /** A month, when somebody accepted it, in minor units of the base currency; it outlives that it was gone. */
  readonly acceptedMinor: number | null;
  /** The day on which somebody said that it is fixed. */
  readonly fixedOn: CalendarDate | null;
};

/**
 * What becomes of a finding when the rules are asked again. Accepted, it stays so unless its amount has doubled since.
 * Fixed, it opens again when there is evidence of a later day than that. What is no longer found is gone by itself, but for
 * what somebody had fixed.
 */
export function statusNow(
  { status, acceptedMinor, fixedOn }: KnownFinding,
  found: Pick<Misuse, "amountMinor" | "seenOn"> | null,
): FindingStatus {
  if (found === null) return status === "fixed" ? "fixed" : "gone";
  if (status === "fixed" && (fixedOn === null || found.seenOn <= fixedOn)) return "fixed";
  if (status === "open") return "open";
  if (status !== "fixed" && acceptedMinor !== null && found.amountMinor < 2 * acceptedMinor)
    return "accepted";
  return "open";
}
