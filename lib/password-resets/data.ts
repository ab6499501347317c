import "server-only";

import { type Db, transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { RESET_KEPT_HOURS, RESET_MINUTES, RESETS_PER_HOUR_MAX } from "@/lib/domain/password-reset";

/** A worker that took a request and says nothing for so long is gone. */
const LEASE_MS = 120_000;
const HOUR_MS = 3_600_000;

/** Writes down that a password was forgotten, of whatever address; beyond some an hour it is not. */
export function insertRequest(email: string, now: Date): Promise<void> {
  return transact({}, async (db) => {
    const old = new Date(now.getTime() - RESET_KEPT_HOURS * HOUR_MS);
    await db.passwordReset.deleteMany({ where: { requestedAt: { lt: old } } });
    const since = new Date(now.getTime() - HOUR_MS);
    const count = await db.passwordReset.count({ where: { email, requestedAt: { gt: since } } });
    if (count >= RESETS_PER_HOUR_MAX) return;
    await db.passwordReset.create({ data: { id: newId(), email, requestedAt: now, mailDueAt: now } });
  });
}

export type ResetClaim = {
  readonly id: string;
  readonly attempts: number;
  /** Null for an address that nobody has. */
  readonly user: { readonly name: string; readonly email: string } | null;
};

/**
 * The request that is due longest, taken by the caller; null when none is. The link is made as it is sent, so that
 * nothing that opens an account is ever kept.
 */
export function claimRequest(now: Date, tokenHash: string): Promise<ResetClaim | null> {
  return transact({}, async (db) => {
    const expiresAt = new Date(now.getTime() + RESET_MINUTES * 60_000);
    const [claimed] = await db.$queryRaw<{ id: string; attempts: number; email: string }[]>`
      UPDATE password_reset
      SET mail_due_at = ${new Date(now.getTime() + LEASE_MS)}, mail_attempts = mail_attempts + 1
      WHERE id = (
        SELECT id FROM password_reset WHERE mail_due_at <= ${now} ORDER BY mail_due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, email, mail_attempts AS attempts`;
    if (!claimed) return null;
    const { id, email, attempts } = claimed;
    const user = await db.user.findUnique({
      where: { email },
      select: { id: true, name: true, email: true, passwordHash: true },
    });
    // Whoever signs in elsewhere has no password to forget.
    const known = user && user.passwordHash !== null;
    const change = known ? { userId: user.id, tokenHash, expiresAt } : { mailDueAt: null };
    await db.passwordReset.update({ where: { id }, data: change });
    return { id, attempts, user: known ? { name: user.name, email: user.email } : null };
  });
}

/** @param mailDueAt when the mail is tried again; null: it is out, or never */
export async function settleRequest(claim: ResetClaim, mailDueAt: Date | null): Promise<void> {
  const { id, attempts } = claim;
  await transact({}, (db) =>
    db.passwordReset.updateMany({ where: { id, mailAttempts: attempts }, data: { mailDueAt } }),
  );
}

export type OpenReset = { readonly userId: string; readonly email: string };

/** Whose password a link changes, while it works. */
export function findOpenReset(tokenHash: string, now: Date): Promise<OpenReset | null> {
  return transact({}, async (db) => {
    const row = await db.passwordReset.findUnique({
      where: { tokenHash, expiresAt: { gt: now } },
      select: { user: { select: { id: true, email: true } } },
    });
    return row?.user ? { userId: row.user.id, email: row.user.email } : null;
  });
}

/** Takes the link away, so that it is used once; false when somebody else was quicker, or it is too old. */
export async function useReset(db: Db, tokenHash: string, now: Date): Promise<boolean> {
  const { count } = await db.passwordReset.deleteMany({ where: { tokenHash, expiresAt: { gt: now } } });
  return count === 1;
}
