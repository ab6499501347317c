import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { Touched } from "@/lib/imports/merge-data";
import { repost } from "@/lib/ledger/repost";
import { daysOf, refreshRollups } from "@/lib/usage/rollup-data";

/** Sums changed use anew and posts what follows from it. */
export async function postUsage(
  db: Db,
  ctx: Ctx,
  serviceProviderId: string,
  touched: Touched,
): Promise<void> {
  await refreshRollups(db, ctx, touched);
  await repost(db, ctx, { usage: [{ serviceProviderId, days: daysOf(touched) }] });
}
