import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import { loadContracts } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { fromDbDateOrNull } from "@/lib/db/dates";
import { required } from "@/lib/db/version";
import type { RenewingContract } from "@/lib/domain/renewals";
import type { Named } from "@/lib/fields/schema";

const NAMED = { select: { id: true, name: true } } as const;

export type NamedContract = RenewingContract & {
  readonly name: string;
  readonly serviceProvider: Named;
  readonly team: Named;
};

/** The contracts whose renewals the actor may see: all, or those of the teams that they lead. */
export async function findRenewing(db: Db, ctx: Ctx): Promise<NamedContract[]> {
  const seen = visibility(ctx);
  const rows = await db.subscription.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(!seen.all && { teamId: { in: [...seen.teamIds] } }),
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, serviceProvider: NAMED, team: NAMED, renewsOn: true, noticeDays: true },
  });
  const contracts = await loadContracts(
    db,
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ renewsOn, ...row }) => {
    const contract = contracts.get(row.id);
    return contract ? [{ ...contract, ...row, renewsOn: fromDbDateOrNull(renewsOn) }] : [];
  });
}

export async function findPlanNames(db: Db, ctx: Ctx): Promise<Map<string, string>> {
  const plans = await db.plan.findMany({ where: { organizationId: ctx.organization.id }, ...NAMED });
  return new Map(plans.map(({ id, name }) => [id, name]));
}

/** When the actor's calendar address was made; null while there is none. */
export async function findFeed(db: Db, ctx: Ctx): Promise<Date | null> {
  const row = await db.calendarFeed.findUnique({ where: ownFeed(ctx), select: { createdAt: true } });
  return row?.createdAt ?? null;
}

/** Makes the actor's address, in place of one that there was. */
export async function saveFeed(db: Db, ctx: Ctx, tokenHash: string): Promise<void> {
  const { organization, actor, now: createdAt } = ctx;
  await db.calendarFeed.upsert({
    where: ownFeed(ctx),
    create: { organizationId: organization.id, userId: actor.userId, tokenHash, createdAt },
    update: { tokenHash, createdAt },
  });
}

export async function removeFeed(db: Db, ctx: Ctx): Promise<void> {
  const { count } = await db.calendarFeed.deleteMany({
    where: { organizationId: ctx.organization.id, userId: ctx.actor.userId },
  });
  required(count > 0 ? count : null);
}

const ownFeed = ({ organization, actor }: Ctx) => ({
  organizationId_userId: { organizationId: organization.id, userId: actor.userId },
});

/** Whose address it is, of whoever asks with it; null for one that there is not. */
export async function findFeedUser(
  db: Db,
  { organizationId, tokenHash }: { organizationId: string; tokenHash: string },
): Promise<string | null> {
  const row = await db.calendarFeed.findUnique({
    where: { organizationId_tokenHash: { organizationId, tokenHash } },
    select: { userId: true },
  });
  return row?.userId ?? null;
}
