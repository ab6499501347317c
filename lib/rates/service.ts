import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { repost } from "@/lib/ledger/repost";
import { findMissingRates, findRates, getRate, insertRate, updateRate } from "@/lib/rates/data";
import type { MissingRate, Rate, RateChange, RateFilter, RateInput } from "@/lib/rates/schema";

export async function listRates(ctx: Ctx, filter: RateFilter): Promise<Page<Rate>> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => findRates(db, ctx, filter));
}

/** What to enter so that nothing is missing from the months for want of a rate. */
export async function listMissingRates(ctx: Ctx): Promise<Page<MissingRate>> {
  authorize(ctx, "books:read_all");
  return { data: await read(ctx, (db) => findMissingRates(db, ctx)), nextCursor: null };
}

export async function readRate(ctx: Ctx, { id }: { id: string }): Promise<Rate> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => getRate(db, ctx, id));
}

/** A rate from a bank or a statement; what it converts is posted anew. */
export async function createRate(ctx: Ctx, input: RateInput): Promise<Rate> {
  authorize(ctx, "rate:write");
  return await write(ctx, async (db) => {
    const id = await insertRate(db, ctx, input);
    await repost(db, ctx, { rates: [input] });
    await recordAudit(db, ctx, {
      action: "exchange_rate.create",
      targetType: "exchange_rate",
      targetId: id,
      after: input,
    });
    return await getRate(db, ctx, id);
  });
}

export async function changeRate(ctx: Ctx, change: RateChange): Promise<Rate> {
  authorize(ctx, "rate:write");
  return await write(ctx, async (db) => {
    const before = await getRate(db, ctx, change.id);
    await updateRate(db, ctx, change);
    const after = await getRate(db, ctx, change.id);
    await repost(db, ctx, { rates: [after] });
    await recordAudit(db, ctx, {
      action: "exchange_rate.change",
      targetType: "exchange_rate",
      targetId: change.id,
      before,
      after,
    });
    return after;
  });
}
