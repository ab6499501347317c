import "server-only";

import type { SystemCtx } from "@/lib/auth/ctx";
import { type Db, enter, lockBooks, transact } from "@/lib/db/client";
import { NEWS_SECONDS } from "@/lib/domain/delivery";

/** A worker that took a delivery and says nothing for so long is gone. */
const LEASE_MS = 120_000;

export type DeliveryClaim = {
  readonly id: string;
  readonly organizationId: string;
  readonly webhookId: string;
  readonly urlSealed: string;
  readonly secretSealed: string;
  readonly body: string;
  /** Counts the claims: whoever claimed it later has a higher one, and the delivery. */
  readonly attempts: number;
};

/**
 * The delivery that is due longest, of whatever organization, taken by the caller; null when none is. Two workers never
 * get the same one. The demo tells nobody.
 */
export function claimDelivery(now: Date): Promise<DeliveryClaim | null> {
  const oldest = new Date(now.getTime() - NEWS_SECONDS * 1_000);
  return transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    const due = await db.$queryRaw<{ id: string; organization_id: string }[]>`
      SELECT d.id, d.organization_id FROM webhook_delivery d
      JOIN organization o ON o.id = d.organization_id AND NOT o.demo
      WHERE d.due_at <= ${now} AND d.created_at > ${oldest} ORDER BY d.due_at LIMIT 10`;
    for (const { id, organization_id: organizationId } of due) {
      await enter(db, { organizationId });
      // Another worker may have had it, and been done with it, since it was listed.
      const [claimed] = await db.$queryRaw<Omit<DeliveryClaim, "id" | "organizationId">[]>`
        UPDATE webhook_delivery d SET due_at = ${new Date(now.getTime() + LEASE_MS)}, attempts = attempts + 1
        FROM webhook w
        WHERE w.organization_id = d.organization_id AND w.id = d.webhook_id
          AND d.organization_id = ${organizationId}::uuid AND d.id = (
            SELECT id FROM webhook_delivery
            WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND due_at <= ${now}
            FOR UPDATE SKIP LOCKED)
        RETURNING d.webhook_id AS "webhookId", w.url_sealed AS "urlSealed", w.secret_sealed AS "secretSealed", d.body, d.attempts`;
      if (claimed) return { id, organizationId, ...claimed };
    }
    return null;
  });
}

/** The row of a claim, as long as no other worker has claimed it since and it was not given up. */
const held = ({ id, organizationId, attempts }: DeliveryClaim) => ({
  ...{ organizationId, id, attempts },
  dueAt: { not: null },
});

/** It arrived, so what did not before counts no more. */
export async function markDelivered(claim: DeliveryClaim, now: Date, lastStatus: number): Promise<void> {
  const { organizationId, webhookId } = claim;
  await transact({ organizationId }, async (db) => {
    const data = { sentAt: now, dueAt: null, lastStatus, lastError: null };
    await db.webhookDelivery.updateMany({ where: held(claim), data });
    await db.webhook.updateMany({ where: { organizationId, id: webhookId }, data: { failures: 0 } });
  });
}

export type Failure = { readonly lastError: string; readonly lastStatus: number | null };

/** It is tried again then. */
export async function markToRetry(claim: DeliveryClaim, failure: Failure, dueAt: Date): Promise<void> {
  await transact({ organizationId: claim.organizationId }, (db) =>
    db.webhookDelivery.updateMany({ where: held(claim), data: { ...failure, dueAt } }),
  );
}

/**
 * It is tried no more.
 *
 * @param onGivenUp told, in the same transaction, how many were given up in a row by now
 */
export async function giveUp(
  claim: DeliveryClaim,
  failure: Failure,
  onGivenUp: (db: Db, failures: number) => Promise<void>,
): Promise<void> {
  const { organizationId, webhookId } = claim;
  await transact({ organizationId }, async (db) => {
    await lockBooks(db, organizationId);
    const data = { ...failure, dueAt: null };
    const { count } = await db.webhookDelivery.updateMany({ where: held(claim), data });
    if (count === 0) return;
    const [row] = await db.webhook.updateManyAndReturn({
      where: { organizationId, id: webhookId, endedAt: null, pausedAt: null },
      data: { failures: { increment: 1 } },
      select: { failures: true },
    });
    if (row) await onGivenUp(db, row.failures);
  });
}

/** Whoever looks at it meanwhile has to look again. */
export async function pauseWebhook(db: Db, ctx: SystemCtx, id: string): Promise<void> {
  await db.webhook.update({
    where: { organizationId_id: { organizationId: ctx.organization.id, id } },
    data: { pausedAt: ctx.now, version: { increment: 1 } },
  });
}
