import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { findCtx } from "@/lib/auth/data";
import { recordAudit } from "@/lib/db/audit";
import { read, transact, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/permission";
import { newToken, readToken } from "@/lib/invitations/token";
import { findFeed, findFeedUser, removeFeed, saveFeed } from "@/lib/renewals/data";
import { type CalendarFeed, type NewCalendarFeed, type Renewals, renewalFilter } from "@/lib/renewals/schema";
import { listRenewals } from "@/lib/renewals/service";

export async function readFeed(ctx: Ctx): Promise<CalendarFeed> {
  authorize(ctx, "calendar:own");
  const createdAt = await read(ctx, (db) => findFeed(db, ctx));
  return { createdAt: createdAt?.toISOString() ?? null };
}

/** A secret address for the actor's calendar program; one that there was ends with it. It is shown now and never again. */
export async function createFeed(ctx: Ctx): Promise<NewCalendarFeed> {
  authorize(ctx, "calendar:own");
  const { token, tokenHash } = newToken(ctx.organization.id);
  return await write(ctx, async (db) => {
    await saveFeed(db, ctx, tokenHash);
    await recordAudit(db, ctx, {
      action: "calendar_feed.create",
      targetType: "user",
      targetId: ctx.actor.userId,
    });
    const address = `${process.env.NEXTAUTH_URL ?? ""}/api/v1/calendars/${token}.ics`;
    return { createdAt: ctx.now.toISOString(), address };
  });
}

export async function revokeFeed(ctx: Ctx): Promise<void> {
  authorize(ctx, "calendar:own");
  await write(ctx, async (db) => {
    await removeFeed(db, ctx);
    await recordAudit(db, ctx, {
      action: "calendar_feed.revoke",
      targetType: "user",
      targetId: ctx.actor.userId,
    });
    return null;
  });
}

/**
 * What an address shows: what its user may see at this moment, and nothing once their access is over.
 *
 * @throws DomainError `not_found`, whatever the reason
 */
export async function openFeed(file: string, now: Date): Promise<{ name: string; renewals: Renewals }> {
  const ctx = await ctxOf(file, now);
  if (!ctx || !can(ctx.actor.roles, "renewal:read")) {
    throw new DomainError("not_found", "There is no such calendar.");
  }
  return { name: ctx.organization.name, renewals: await listRenewals(ctx, renewalFilter.parse({})) };
}

async function ctxOf(file: string, now: Date): Promise<Ctx | null> {
  const asked = /^([\w-]{64})\.ics$/.exec(file)?.[1];
  const token = asked === undefined ? null : readToken(asked);
  if (token === null) return null;
  const { organizationId } = token;
  const userId = await transact({ organizationId }, (db) => findFeedUser(db, token));
  return userId === null ? null : await findCtx({ userId, organizationId }, now);
}
