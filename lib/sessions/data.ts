import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { IDLE_SECONDS } from "@/lib/domain/session-life";
import type { Session } from "@/lib/sessions/schema";

type SessionCtx = Ctx & { readonly sessionId: string };

/** Where the actor is signed in; what was left alone too long is over and not told of. */
export async function findSessions(db: Db, ctx: SessionCtx): Promise<Session[]> {
  const used = new Date(ctx.now.getTime() - IDLE_SECONDS * 1_000);
  const rows = await db.session.findMany({
    where: { userId: ctx.actor.userId, expiresAt: { gt: ctx.now }, lastSeenAt: { gt: used } },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
  });
  return rows.map(({ createdAt, lastSeenAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    current: row.id === ctx.sessionId,
  }));
}

/** Ends sessions of the actor: one, or all but the current one. */
export async function endSessions(db: Db, ctx: SessionCtx, id: string | null): Promise<number> {
  const { count } = await db.session.deleteMany({
    where: { userId: ctx.actor.userId, id: id ?? { not: ctx.sessionId } },
  });
  return count;
}

/** Ends what somebody has open of the actor's organization; what they have open of another is not the actor's. */
export async function endSessionsHere(
  db: Db,
  { organization }: Pick<Ctx, "organization">,
  userId: string,
  { except = null }: { readonly except?: string | null } = {},
): Promise<void> {
  await db.session.deleteMany({
    where: { userId, organizationId: organization.id, ...(except !== null && { id: { not: except } }) },
  });
}
