import { Badge } from "@/components/ui/badge";
import type { WorkloadVerdict } from "@/lib/domain/workload";

const SHORT = { api: "API", subscription: "Subscription", both: "Both" } as const satisfies Record<
  WorkloadVerdict,
  string
>;

/** Where a workload belongs, in one word. */
export function VerdictBadge({ verdict }: { readonly verdict: WorkloadVerdict }) {
  return <Badge>{SHORT[verdict]}</Badge>;
}
