import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { type WebhookEvent, webhookBody } from "@/lib/domain/webhook-body";
import { findActiveIds, insertDeliveries } from "@/lib/webhooks/deliveries-data";

/** Tells every webhook that is on of an alert, in the transaction that raised it. */
export async function tellWebhooks(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  { text, alertId, event }: { readonly text: string; readonly alertId: string; readonly event: WebhookEvent },
): Promise<void> {
  const body = webhookBody({ ...event, text, at: ctx.now });
  await insertDeliveries(db, ctx, await findActiveIds(db, ctx), { kind: "alert", alertId, body });
}
