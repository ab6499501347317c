import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import type { Webhook, WebhookChange } from "@/lib/webhooks/schema";

const WEBHOOK = {
  ...{ id: true, name: true, host: true, failures: true, createdAt: true, pausedAt: true, version: true },
} as const;

type Row = Omit<Webhook, "active" | "createdAt" | "pausedAt"> & {
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
};

const toWebhook = ({ createdAt, pausedAt, ...row }: Row): Webhook => ({
  ...row,
  active: pausedAt === null,
  pausedAt: pausedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});

/** The webhooks in the order of entry. */
export async function findWebhooks(
  db: Db,
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Webhook>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.webhook.findMany({
    where: { organizationId: ctx.organization.id, endedAt: null, ...where },
    ...rest,
    select: WEBHOOK,
  });
  return toPage(rows.map(toWebhook), page.limit);
}

export async function getWebhook(db: Db, ctx: Pick<Ctx, "organization">, id: string): Promise<Webhook> {
  const where = { organizationId: ctx.organization.id, id, endedAt: null };
  return toWebhook(required(await db.webhook.findFirst({ where, select: WEBHOOK })));
}

export async function getSealedSecret(db: Db, ctx: Ctx, id: string): Promise<string> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  const row = await db.webhook.findUnique({ where, select: { secretSealed: true } });
  return required(row).secretSealed;
}

type Address = { readonly host: string; readonly urlSealed: string };

export async function insertWebhook(
  db: Db,
  ctx: Ctx,
  webhook: Address & { readonly id: string; readonly name: string; readonly secretSealed: string },
): Promise<void> {
  await db.webhook.create({
    data: { organizationId: ctx.organization.id, createdAt: ctx.now, ...webhook },
  });
}

/** @throws DomainError `stale_version` */
export async function updateWebhook(
  db: Db,
  ctx: Ctx,
  { id, version, name, active }: WebhookChange,
  address: Address | null,
): Promise<void> {
  const own = { organizationId: ctx.organization.id, id, endedAt: null };
  const { count } = await db.webhook.updateMany({
    where: { ...own, version },
    data: {
      ...(name !== undefined && { name }),
      ...address,
      ...(active === true && { pausedAt: null, failures: 0 }),
      ...(active === false && { pausedAt: ctx.now }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.webhook.findFirst({ where: own }));
}

/** It is told nothing more; what it was told stays. */
export async function endWebhook(db: Db, ctx: Ctx, id: string): Promise<void> {
  await db.webhook.update({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    data: { endedAt: ctx.now },
  });
}
