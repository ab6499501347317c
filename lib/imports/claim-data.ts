import "server-only";

import { enter, transact } from "@/lib/db/client";
import { saveSetback } from "@/lib/imports/data";
import type { ImportState } from "@/lib/imports/schema";

/** A worker that says nothing for so long is gone. */
const LEASE_MS = 15_000;
const WAITING = ["reading", "committing", "undoing"] as const satisfies readonly ImportState[];

export type Claim = {
  readonly id: string;
  readonly organizationId: string;
  /** Who sent the file, or asked for its commit or undo. */
  readonly userId: string;
  readonly state: (typeof WAITING)[number];
  /** Counts the claims of one piece of work: whoever claimed it later has a higher one, and the lease. */
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
      // Another worker may have had it, and been done with it, since it was listed.
      const [claimed] = await db.$queryRaw<Pick<Claim, "userId" | "state" | "attempts">[]>`
        UPDATE import SET leased_until = ${new Date(now.getTime() + LEASE_MS)}, attempts = attempts + 1
        WHERE organization_id = ${organizationId}::uuid AND id = (
          SELECT id FROM import WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
            AND state IN ('reading', 'committing', 'undoing') AND (leased_until IS NULL OR leased_until < ${now})
          FOR UPDATE SKIP LOCKED)
        RETURNING coalesce(asked_by_id, created_by_id) AS "userId", state::text AS state, attempts`;
      if (claimed) return { id, organizationId, ...claimed };
    }
    return null;
  });
}

/** The row of a claim, as long as no other worker has claimed it since. */
const held = ({ id, organizationId, attempts }: Claim) => ({ organizationId, id, attempts });

/** Says that the work goes on. */
export async function renewLease(claim: Claim, now: Date): Promise<void> {
  await transact({ organizationId: claim.organizationId }, (db) =>
    db.import.updateMany({
      where: held(claim),
      data: { leasedUntil: new Date(now.getTime() + LEASE_MS) },
    }),
  );
}

/** Nobody may do it: the import is where it was before it was asked for more, and says why. */
export async function sendBack(claim: Claim, message: string): Promise<void> {
  const organization = { id: claim.organizationId };
  await transact({ organizationId: organization.id }, (db) =>
    saveSetback(db, { organization }, claim, message),
  );
}

/** Lets the import go, so that it can be claimed for whatever it waits for next. */
export async function releaseImport(claim: Claim): Promise<void> {
  await transact({ organizationId: claim.organizationId }, async (db) => {
    await db.import.updateMany({ where: held(claim), data: { leasedUntil: null } });
    await db.import.updateMany({
      where: { ...held(claim), state: { notIn: [...WAITING] } },
      data: { attempts: 0 },
    });
  });
}
