import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Verdict } from "@/lib/domain/break-even";
import { VERDICT_NAMES } from "@/lib/domain/break-even-words";

const TONES: Readonly<Record<Verdict, BadgeTone>> = {
  upgrade: "warning",
  downgrade: "warning",
  move_to_api: "warning",
  take_seat: "warning",
  keep: "neutral",
  stay_on_api: "neutral",
  not_enough_data: "neutral",
};

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  return <Badge tone={TONES[verdict]}>{VERDICT_NAMES[verdict]}</Badge>;
}
