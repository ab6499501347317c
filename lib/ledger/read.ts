import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, read } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { findPostedOn } from "@/lib/ledger/data";
import { bringUpToDate } from "@/lib/ledger/repost";

/** Reads the ledger after its estimates were brought up to today. */
export async function readLedger<T>(ctx: Ctx, work: (db: Db) => Promise<T>): Promise<T> {
  const today = utcDateOf(ctx.now);
  // Nearly always they are: then what is read needs no second transaction.
  const current = await read(ctx, async (db) =>
    ((await findPostedOn(db, ctx)) ?? "") >= today ? { result: await work(db) } : null,
  );
  if (current) return current.result;
  await bringUpToDate(ctx);
  return await read(ctx, work);
}
