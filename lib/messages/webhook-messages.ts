import "server-only";

import type { SystemCtx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { webhookOffMessage } from "@/lib/domain/webhook-words";
import { insertMessages } from "@/lib/messages/data";
import { findOwnerIds } from "@/lib/users/data";

/** Tells the owners that a webhook is off, in the transaction that switched it off. */
export async function writeWebhookMessages(
  db: Db,
  ctx: SystemCtx,
  {
    id: webhookId,
    ...webhook
  }: { readonly id: string; readonly name: string; readonly host: string; readonly lastError: string },
): Promise<void> {
  const address = process.env.NEXTAUTH_URL ?? "";
  const words = webhookOffMessage({ ...webhook, organization: ctx.organization.name, address });
  const owners = await findOwnerIds(db, ctx);
  await insertMessages(
    db,
    ctx,
    owners.map((userId) => ({ kind: "webhook", webhookId, userId, ...words })),
  );
}
