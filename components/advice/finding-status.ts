import { FINDING_STATUSES, type FindingStatus } from "@/lib/domain/finding";

/** Of which findings the address asks; the open ones, where it says nothing or nonsense. */
export const findingStatusOf = (asked: string | null): FindingStatus =>
  FINDING_STATUSES.find((status) => status === asked) ?? "open";
