import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { MeteredScope } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import { repost } from "@/lib/ledger/repost";
import { daysOf, findUsedDays, refreshRollups } from "@/lib/usage/rollup-data";

/** Counts the use of these names, and of those below them, for whom they mean now, and posts it anew. */
export async function repostIdentities(db: Db, ctx: Ctx, identityIds: readonly string[]): Promise<void> {
  const usage = await refreshIdentities(db, ctx, identityIds);
  if (usage.length > 0) await repost(db, ctx, { usage });
}

/** Counts it only; answers the days whose use the caller posts. */
export async function refreshIdentities(
  db: Db,
  ctx: Ctx,
  identityIds: readonly string[],
): Promise<MeteredScope[]> {
  if (identityIds.length === 0) return [];
  const used = await findUsedDays(db, ctx, identityIds);
  for (const changed of used) await refreshRollups(db, ctx, changed);
  return used.map((changed) => ({
    serviceProviderId: changed.serviceProviderId,
    days: daysOf(changed),
  }));
}
