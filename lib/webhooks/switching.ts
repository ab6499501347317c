import "server-only";

import type { SystemCtx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import type { Db } from "@/lib/db/client";
import { writeWebhookMessages } from "@/lib/messages/webhook-messages";
import { pauseWebhook } from "@/lib/webhooks/claim-data";
import { getWebhook } from "@/lib/webhooks/data";
import { dropWaiting } from "@/lib/webhooks/deliveries-data";

/** Switches a webhook off that nothing reaches, and tells the owners. */
export async function switchOff(db: Db, ctx: SystemCtx, id: string, lastError: string): Promise<void> {
  const before = await getWebhook(db, ctx, id);
  await pauseWebhook(db, ctx, id);
  await dropWaiting(db, ctx, id, "The webhook was switched off.");
  const after = await getWebhook(db, ctx, id);
  const target = { targetType: "webhook", targetId: id } as const;
  await recordAudit(db, ctx, { action: "webhook.switch_off", ...target, before, after });
  await writeWebhookMessages(db, ctx, { ...after, lastError });
}
