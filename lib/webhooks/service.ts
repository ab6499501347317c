import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { DomainError } from "@/lib/domain/errors";
import { webhookBody } from "@/lib/domain/webhook-body";
import type { Page } from "@/lib/fields/schema";
import { checkOutsideUrl } from "@/lib/net/outside-url";
import { openSecret, sealSecret } from "@/lib/secrets/seal";
import {
  endWebhook,
  findWebhooks,
  getSealedSecret,
  getWebhook,
  insertWebhook,
  updateWebhook,
} from "@/lib/webhooks/data";
import { dropWaiting, findDeliveries, getDelivery, insertDeliveries } from "@/lib/webhooks/deliveries-data";
import { placeOf } from "@/lib/webhooks/place";
import type {
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookInput,
} from "@/lib/webhooks/schema";
import { newSecret } from "@/lib/webhooks/signing";

type PageInput = { readonly limit: number; readonly cursor?: string | undefined };

/** The addresses that are told what people are told. */
export async function listWebhooks(ctx: Ctx, page: PageInput): Promise<Page<Webhook>> {
  authorize(ctx, "webhook:use");
  return await read(ctx, (db) => findWebhooks(db, ctx, page));
}

/**
 * Tells an address from now on. What it is signed by is told with this answer, and never again.
 *
 * @throws DomainError `invalid_input`, when the address does not lead outside
 */
export async function createWebhook(ctx: Ctx, { name, url }: WebhookInput): Promise<NewWebhook> {
  authorize(ctx, "webhook:use");
  authorizeFresh(ctx);
  const { host } = checkOutsideUrl(url);
  const webhook = await write(ctx, async (db) => {
    const id = newId();
    const place = placeOf(ctx.organization, id);
    const sealed = { urlSealed: sealSecret(place, url), secretSealed: sealSecret(place, newSecret()) };
    await insertWebhook(db, ctx, { id, name, host, ...sealed });
    const after = await getWebhook(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "webhook.create",
      targetType: "webhook",
      targetId: id,
      after,
    });
    return after;
  });
  // Read and not handed on, because the answer of a request that may be repeated is kept as it is.
  const sealed = await read(ctx, (db) => getSealedSecret(db, ctx, webhook.id));
  return { ...webhook, secret: openSecret(placeOf(ctx.organization, webhook.id), sealed) };
}

/** Another name or address; off, and on again. */
export async function changeWebhook(ctx: Ctx, change: WebhookChange): Promise<Webhook> {
  authorize(ctx, "webhook:use");
  authorizeFresh(ctx);
  const { id, url, active } = change;
  const host = url === undefined ? null : checkOutsideUrl(url).host;
  return await write(ctx, async (db) => {
    const before = await getWebhook(db, ctx, id);
    const address =
      url === undefined || host === null
        ? null
        : { host, urlSealed: sealSecret(placeOf(ctx.organization, id), url) };
    await updateWebhook(db, ctx, change, address);
    if (active === false) await dropWaiting(db, ctx, id, "The webhook was switched off.");
    const after = await getWebhook(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "webhook.change",
      targetType: "webhook",
      targetId: id,
      before,
      after: { ...after, ...(url !== undefined && { address: "changed" }) },
    });
    return after;
  });
}

/** Tells it nothing more. */
export async function removeWebhook(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "webhook:use");
  await write(ctx, async (db) => {
    const before = await getWebhook(db, ctx, id);
    await dropWaiting(db, ctx, id, "The webhook was removed.");
    await endWebhook(db, ctx, id);
    await recordAudit(db, ctx, { action: "webhook.end", targetType: "webhook", targetId: id, before });
  });
}

/** What it was sent, what waits, and what could not be delivered, the last first. */
export async function listDeliveries(
  ctx: Ctx,
  input: PageInput & { readonly id: string },
): Promise<Page<WebhookDelivery>> {
  authorize(ctx, "webhook:use");
  return await read(ctx, async (db) => {
    await getWebhook(db, ctx, input.id);
    return await findDeliveries(db, ctx, input);
  });
}

/**
 * Sends something that means nothing, to see whether it arrives.
 *
 * @throws DomainError `webhook_off`
 */
export async function testWebhook(ctx: Ctx, { id }: { id: string }): Promise<WebhookDelivery> {
  authorize(ctx, "webhook:use");
  return await write(ctx, async (db) => {
    const { active } = await getWebhook(db, ctx, id);
    if (!active) throw new DomainError("webhook_off", "This webhook is off. Switch it on first.");
    const text = `${ctx.organization.name}. A test: budget alerts and reminders will arrive here.`;
    const body = webhookBody({ type: "webhook.test", at: ctx.now, text, data: { id } });
    const [deliveryId = ""] = await insertDeliveries(db, ctx, [id], { kind: "test", body });
    await recordAudit(db, ctx, { action: "webhook.test", targetType: "webhook", targetId: id });
    return await getDelivery(db, ctx, deliveryId);
  });
}
