import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Threshold } from "@/lib/thresholds/schema";

/** Whose budget a threshold looks at: "Platform’s developer leverage". */
export function shareName({ purpose, team }: Pick<Threshold, "purpose" | "team">): string {
  const line = purpose === null ? "both lines" : PURPOSE_NAMES[purpose].toLowerCase();
  return team ? `${team.name}’s ${line}` : line;
}
