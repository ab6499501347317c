import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import type { WebhookDelivery } from "@/lib/webhooks/schema";

const DELIVERY = {
  ...{ id: true, body: true, kind: true, attempts: true, lastError: true },
  ...{ createdAt: true, dueAt: true, sentAt: true },
} as const;

type Row = {
  readonly id: string;
  readonly body: string;
  readonly kind: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly dueAt: Date | null;
  readonly sentAt: Date | null;
};

function toDelivery({ body, kind, createdAt, dueAt, sentAt, ...row }: Row): WebhookDelivery {
  const { text } = JSON.parse(body) as { text: string };
  return {
    ...row,
    // A check of the table allows no other.
    kind: kind as WebhookDelivery["kind"],
    text: text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
    state: sentAt ? "sent" : dueAt ? "waiting" : "given_up",
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  };
}

/** What a webhook was sent or waits to be, the last first. */
export async function findDeliveries(
  db: Db,
  ctx: Ctx,
  { id: webhookId, ...page }: { id: string; limit: number; cursor?: string | undefined },
): Promise<Page<WebhookDelivery>> {
  const { where, ...rest } = pageById(page, "desc");
  const rows = await db.webhookDelivery.findMany({
    where: { organizationId: ctx.organization.id, webhookId, ...where },
    ...rest,
    select: DELIVERY,
  });
  return toPage(rows.map(toDelivery), page.limit);
}

export async function getDelivery(db: Db, ctx: Ctx, id: string): Promise<WebhookDelivery> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toDelivery(required(await db.webhookDelivery.findUnique({ where, select: DELIVERY })));
}

/** The webhooks that are told something now. */
export async function findActiveIds(db: Db, ctx: Pick<Ctx, "organization">): Promise<string[]> {
  const where = { organizationId: ctx.organization.id, endedAt: null, pausedAt: null };
  return (await db.webhook.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

type Written = {
  readonly kind: WebhookDelivery["kind"];
  readonly body: string;
  readonly alertId?: string;
  readonly reminderId?: string;
};

/** Puts a delivery before each webhook; one that was told of the same already is not told again. @returns their ids */
export async function insertDeliveries(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  webhookIds: readonly string[],
  written: Written,
): Promise<string[]> {
  const { now, organization } = ctx;
  const rows = webhookIds.map((webhookId) => ({
    ...{ organizationId: organization.id, id: newId(), createdAt: now, dueAt: now },
    ...{ webhookId, ...written },
  }));
  await db.webhookDelivery.createMany({ data: rows, skipDuplicates: true });
  return rows.map(({ id }) => id);
}

/** Gives up what still waits for a webhook that is off. */
export async function dropWaiting(
  db: Db,
  ctx: Pick<Ctx, "organization">,
  webhookId: string,
  lastError: string,
): Promise<void> {
  await db.webhookDelivery.updateMany({
    where: { organizationId: ctx.organization.id, webhookId, dueAt: { not: null } },
    data: { dueAt: null, lastError },
  });
}
