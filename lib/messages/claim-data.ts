import "server-only";

import { enter, transact } from "@/lib/db/client";
import { NEWS_SECONDS } from "@/lib/domain/delivery";

/** A worker that took a message and says nothing for so long is gone. */
const LEASE_MS = 120_000;

export type MessageClaim = {
  readonly id: string;
  readonly organizationId: string;
  readonly kind: string;
  readonly userId: string;
  readonly subject: string;
  readonly text: string;
  /** Counts the claims: whoever claimed it later has a higher one, and the message. */
  readonly attempts: number;
};

/**
 * The message that is due longest, of whatever organization, taken by the caller; null when none is. Two workers never
 * get the same one. What the demo tells is for looking at, so it bothers nobody.
 */
export function claimMessage(now: Date): Promise<MessageClaim | null> {
  const oldest = new Date(now.getTime() - NEWS_SECONDS * 1_000);
  return transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    const due = await db.$queryRaw<{ id: string; organization_id: string }[]>`
      SELECT m.id, m.organization_id FROM message m JOIN organization o ON o.id = m.organization_id AND NOT o.demo
      WHERE m.due_at <= ${now} AND m.created_at > ${oldest} ORDER BY m.due_at LIMIT 10`;
    for (const { id, organization_id: organizationId } of due) {
      await enter(db, { organizationId });
      // Another worker may have had it, and been done with it, since it was listed.
      const [claimed] = await db.$queryRaw<Omit<MessageClaim, "id" | "organizationId">[]>`
        UPDATE message SET due_at = ${new Date(now.getTime() + LEASE_MS)}, attempts = attempts + 1
        WHERE organization_id = ${organizationId}::uuid AND id = (
          SELECT id FROM message WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND due_at <= ${now}
          FOR UPDATE SKIP LOCKED)
        RETURNING kind, user_id AS "userId", subject, text, attempts`;
      if (claimed) return { id, organizationId, ...claimed };
    }
    return null;
  });
}

/** The row of a claim, as long as no other worker has claimed it since. */
const held = ({ id, organizationId, attempts }: MessageClaim) => ({ organizationId, id, attempts });

/** It is out, and due no more. */
export async function markSent(claim: MessageClaim, now: Date): Promise<void> {
  await transact({ organizationId: claim.organizationId }, (db) =>
    db.message.updateMany({ where: held(claim), data: { sentAt: now, dueAt: null, lastError: null } }),
  );
}

/** @param dueAt when it is tried again; null: never */
export async function markFailed(claim: MessageClaim, lastError: string, dueAt: Date | null): Promise<void> {
  await transact({ organizationId: claim.organizationId }, (db) =>
    db.message.updateMany({ where: held(claim), data: { lastError, dueAt } }),
  );
}
