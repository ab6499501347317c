import "server-only";

import type { OrganizationId } from "@/lib/auth/ctx";
import { renewSession } from "@/lib/auth/data";
import { type Db, enter, transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { MEMORY_MS, WINDOW_MS } from "@/lib/domain/sign-in-throttle";

type Attempt = { readonly accountKey: string; readonly addressKey: string };

export function insertAttempt(attempt: Attempt, now: Date): Promise<string> {
  return transact({}, async (db) => {
    const id = newId();
    await db.signInAttempt.deleteMany({ where: { at: { lt: new Date(now.getTime() - MEMORY_MS) } } });
    await db.signInAttempt.create({ data: { id, ...attempt, succeeded: false, at: now } });
    return id;
  });
}

/** More than these make nobody wait longer. */
const FAILURES_MAX = 300;

/**
 * When tries before this one failed, in milliseconds, oldest first: of the account in a day, of the network in the
 * window; and how many accounts were opened from the network in a day.
 */
export function findFailures({ accountKey, addressKey }: Attempt, id: string, now: Date) {
  const since = (milliseconds: number) => ({ gt: new Date(now.getTime() - milliseconds) });
  return transact({}, async (db) => {
    const times = async (where: object) => {
      const rows = await db.signInAttempt.findMany({
        where: { ...where, succeeded: false, id: { not: id } },
        orderBy: { at: "desc" },
        take: FAILURES_MAX,
        select: { at: true },
      });
      return rows.map(({ at }) => at.getTime()).reverse();
    };
    const account = await times({ accountKey, at: since(MEMORY_MS) });
    const address = await times({ addressKey, at: since(WINDOW_MS) });
    const opened = await db.signInAttempt.findMany({
      where: { addressKey, succeeded: true, at: since(MEMORY_MS) },
      distinct: ["accountKey"],
      take: FAILURES_MAX,
      select: { accountKey: true },
    });
    return { account, address, peopleSignedIn: opened.length };
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

/**
 * Saves what the account was opened for. What failed from the same place before was its owner mistyping, and counts no
 * more.
 */
export function saveSuccess<T>(
  { accountKey, addressKey }: Attempt,
  id: string,
  open: (db: Db) => Promise<T>,
): Promise<T> {
  return transact({}, async (db) => {
    await db.signInAttempt.updateMany({ where: { id }, data: { succeeded: true } });
    await db.signInAttempt.deleteMany({ where: { accountKey, addressKey, succeeded: false } });
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

/**
 * Whether a session may look at another organization of its user. What a provider vouched for is trusted where that
 * provider is, and in made-up books: an organization's provider says nothing for another organization.
 */
export async function mayReach(
  sessionId: string,
  { organizationId, demo }: { readonly organizationId: string; readonly demo: boolean },
): Promise<boolean> {
  return await transact({ organizationId }, async (db) => {
    const session = await db.session.findUnique({ where: { id: sessionId }, select: { connectionId: true } });
    if (!session?.connectionId || demo) return true;
    const trusted = await db.signInConnection.count({
      where: { organizationId, id: session.connectionId },
    });
    return trusted > 0;
  });
}
