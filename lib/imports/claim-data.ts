import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { enter, transact } from "@/lib/db/client";

/** A worker that says nothing for so long is gone. */
const LEASE_MS = 15_000;

export type Claim = {
  readonly id: string;
  readonly organizationId: string;
  /** Who sent the file, or asked for its commit. */
  readonly userId: string;
  readonly attempts: number;
};

/**
 * The import that waits longest and that no worker has, leased to the caller; null when none waits. Two workers never
 * get the same one while its lease runs.
 */
export function claimImport(now: Date): Promise<Claim | null> {
  return transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    const waiting = await db.$queryRaw<{ id: string; organization_id: string }[]>`
      SELECT id, organization_id FROM import
      WHERE state IN ('reading', 'committing', 'undoing') AND (leased_until IS NULL OR leased_until < ${now})
      ORDER BY created_at LIMIT 10`;
    for (const { id, organization_id: organizationId } of waiting) {
      await enter(db, { organizationId });
      const [claimed] = await db.$queryRaw<{ user_id: string; attempts: number }[]>`
        UPDATE import SET leased_until = ${new Date(now.getTime() + LEASE_MS)}, attempts = attempts + 1
        WHERE organization_id = ${organizationId}::uuid AND id = (
          SELECT id FROM import WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
            AND (leased_until IS NULL OR leased_until < ${now})
          FOR UPDATE SKIP LOCKED)
        RETURNING coalesce(committed_by_id, created_by_id) AS user_id, attempts`;
      if (claimed) return { id, organizationId, userId: claimed.user_id, attempts: claimed.attempts };
    }
    return null;
  });
}

/** Says that the work goes on. */
export async function renewLease({ id, organizationId }: Claim, now: Date): Promise<void> {
  await transact({ organizationId }, (db) =>
    db.import.updateMany({
      where: { organizationId, id },
      data: { leasedUntil: new Date(now.getTime() + LEASE_MS) },
    }),
  );
}

export async function releaseImport({ organization }: Pick<Ctx, "organization">, id: string): Promise<void> {
  const organizationId = organization.id;
  await transact({ organizationId }, async (db) => {
    const waiting = { in: ["reading" as const, "committing" as const, "undoing" as const] };
    await db.import.updateMany({ where: { organizationId, id }, data: { leasedUntil: null } });
    await db.import.updateMany({
      where: { organizationId, id, state: { notIn: waiting.in } },
      data: { attempts: 0 },
    });
  });
}
