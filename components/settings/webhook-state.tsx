import { Badge } from "@/components/ui/badge";
import type { Webhook } from "@/lib/webhooks/schema";

/** Whether a webhook is told, and whether what it is told arrives. */
export function WebhookState({ webhook: { active, failures } }: { readonly webhook: Webhook }) {
  if (!active)
    return (
      <Badge tone={failures > 0 ? "danger" : "neutral"}>{failures > 0 ? "Off: not reached" : "Off"}</Badge>
    );
  if (failures > 0) return <Badge tone="warning">On, {failures} not delivered</Badge>;
  return <Badge>On</Badge>;
}
