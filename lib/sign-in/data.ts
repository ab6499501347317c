import "server-only";

import type { OrganizationId } from "@/lib/auth/ctx";
import { renewSession } from "@/lib/auth/data";
import { type Db, enter, transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";

/** Failures count for this long. */
export const WINDOW_MS = 15 * 60_000;

type Attempt = { readonly accountKey: string; readonly addressKey: string };

/** Writes the attempt down before it is checked, so that many at once cannot all be the first. */
export function insertAttempt(attempt: Attempt, now: Date): Promise<string> {
  return transact({}, async (db) => {
    const id = newId();
    await db.signInAttempt.deleteMany({ where: { at: { lt: new Date(now.getTime() - 24 * 3_600_000) } } });
    await db.signInAttempt.create({ data: { id, ...attempt, succeeded: false, at: now } });
    return id;
  });
}

/** When the failures of the window happened, oldest first, this attempt among them. */
export function findFailures(attempt: Attempt, now: Date): Promise<{ account: Date[]; address: Date[] }> {
  const at = { gt: new Date(now.getTime() - WINDOW_MS) };
  return transact({}, async (db) => {
    const times = async (where: object) => {
      const rows = await db.signInAttempt.findMany({
        where: { ...where, succeeded: false, at },
        orderBy: { at: "asc" },
        take: 1_000,
        select: { at: true },
      });
      return rows.map((row) => row.at);
    };
    return {
      account: await times({ accountKey: attempt.accountKey }),
      address: await times({ addressKey: attempt.addressKey }),
    };
  });
}

export function deleteAttempt(id: string): Promise<void> {
  return transact({}, async (db) => {
    await db.signInAttempt.deleteMany({ where: { id } });
  });
}

export function findCredentials(email: string): Promise<{ id: string; passwordHash: string | null } | null> {
  return transact({}, (db) =>
    db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } }),
  );
}

/** Takes the failures of the account back and opens what `open` makes, in one transaction. */
export function saveSuccess<T>(attempt: Attempt, id: string, open: (db: Db) => Promise<T>): Promise<T> {
  return transact({}, async (db) => {
    await db.signInAttempt.updateMany({ where: { id }, data: { succeeded: true } });
    await db.signInAttempt.updateMany({
      where: { accountKey: attempt.accountKey },
      data: { succeeded: true },
    });
    return await open(db);
  });
}

/** The same password, hashed with the work that is asked for now. */
export function saveHash(userId: string, passwordHash: string): Promise<void> {
  return transact({}, async (db) => {
    await db.user.update({ where: { id: userId }, data: { passwordHash } });
  });
}

/** The organization that the user looked at last, if they still belong to it; else the first. */
export async function findLastOrganization(userId: string, among: readonly string[]): Promise<string | null> {
  return await transact({ userId }, async (db) => {
    const last = await db.session.findFirst({
      where: { userId, organizationId: { in: [...among] } },
      orderBy: { lastSeenAt: "desc" },
      select: { organizationId: true },
    });
    return last?.organizationId ?? among[0] ?? null;
  });
}

/** Other rights come with another id. */
export function switchSession(sessionId: string, organizationId: OrganizationId): Promise<string> {
  return transact({}, async (db) => {
    await enter(db, { organizationId });
    return await renewSession(db, sessionId, { organizationId });
  });
}
