import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { type WebhookEvent, webhookBody } from "@/lib/domain/webhook-body";
import { findActiveIds, insertDeliveries } from "@/lib/webhooks/deliveries-data";

type Telling = {
  readonly text: string;
  readonly about:
    | { readonly kind: "alert"; readonly alertId: string }
    | { readonly kind: "reminder"; readonly reminderId: string };
  readonly event: WebhookEvent;
};

/** Tells every webhook that is on of an alert or a reminder, in the transaction that raised it. */
export async function tellWebhooks(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  { text, about, event }: Telling,
): Promise<void> {
  const body = webhookBody({ ...event, text, at: ctx.now });
  await insertDeliveries(db, ctx, await findActiveIds(db, ctx), { ...about, body });
}
