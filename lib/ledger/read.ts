import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, read } from "@/lib/db/client";
import { findPostedOn } from "@/lib/ledger/data";
import { bringUpToDate } from "@/lib/ledger/repost";

/** Reads the ledger after its estimates were brought up to today. */
export async function readLedger<T>(ctx: Ctx, work: (db: Db) => Promise<T>): Promise<T> {
  await bringUpToDate(ctx, () => read(ctx, (db) => findPostedOn(db, ctx)));
  return await read(ctx, work);
}
