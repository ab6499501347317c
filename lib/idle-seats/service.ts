import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { loadRates } from "@/lib/books/rates-data";
import { type Db, read } from "@/lib/db/client";
import { nextOffset, offsetOf } from "@/lib/db/page";
import { addMonths, utcDateOf } from "@/lib/domain/calendar-date";
import type { Waste } from "@/lib/domain/idle-seats";
import { money } from "@/lib/domain/money";
import { renewalsOf } from "@/lib/domain/renewals";
import { loadRenewals } from "@/lib/forecast/history-data";
import {
  findHeldSeats,
  findKnownUntil,
  findLastUse,
  findMinimums,
  findSeenPeople,
} from "@/lib/idle-seats/data";
import { type IdleBooks, idleRows } from "@/lib/idle-seats/rows";
import type { IdleFilter, IdleSeats } from "@/lib/idle-seats/schema";
import { findOnLeave } from "@/lib/leaves/data";
import { findPlanNames, findRenewing } from "@/lib/renewals/data";
import { findPersonAnalysis } from "@/lib/usage/data";

/** Far enough for the renewal after one whose notice is over. */
const MONTHS = 25;

/**
 * Seats that cost and that nobody is known to use, in three amounts: exposed, reassignable now, reducible at the next
 * renewal. Other people are named only where the organization shows what one person used.
 */
export async function listIdleSeats(ctx: Ctx, { days, limit, cursor }: IdleFilter): Promise<IdleSeats> {
  authorize(ctx, "idle-seat:read");
  return await read(ctx, async (db) => {
    const choice = await findPersonAnalysis(db, ctx);
    const books = await loadIdleBooks(db, ctx, days);
    const { found, rows } = idleRows(books, ctx, choice);
    const start = offsetOf(cursor);
    const currency = ctx.organization.baseCurrency;
    const sum = (amount: (waste: Waste) => number) =>
      found.reduce((all, { waste }) => all + amount(waste), 0);
    return {
      ...{ today: books.today, days, currency },
      personAnalysis: choice.personAnalysis,
      minimumGroupSize: choice.minimumGroupSize,
      exposed: money(
        sum(({ exposedMinor }) => exposedMinor),
        currency,
      ),
      reassignable: money(
        sum(({ reassignableMinor }) => reassignableMinor),
        currency,
      ),
      reducible: money(
        sum(({ reducibleMinor }) => reducibleMinor),
        currency,
      ),
      unknown: money(
        sum(({ unknownMinor }) => unknownMinor),
        currency,
      ),
      unknownSeats: sum(({ unknown }) => unknown),
      withoutRate: found.filter(({ row }) => row.price === null).length,
      data: rows.slice(start, start + limit),
      nextCursor: nextOffset({ start, limit, length: rows.length }),
    };
  });
}

async function loadIdleBooks(db: Db, ctx: Ctx, days: number): Promise<IdleBooks> {
  const today = utcDateOf(ctx.now);
  const contracts = await findRenewing(db, ctx);
  const subscriptionIds = contracts.map(({ id }) => id);
  const seats = await findHeldSeats(db, ctx, { subscriptionIds, on: today });
  const memberIds = [...new Set(seats.map(({ member }) => member.id))];
  const { prices } = await loadRenewals(db, ctx, subscriptionIds);
  const currencies = new Set(contracts.flatMap(({ terms }) => terms.map(({ currency }) => currency)));
  return {
    ...{ contracts, seats, today, days },
    lastUse: await findLastUse(db, ctx, memberIds),
    seenPeople: await findSeenPeople(db, ctx, memberIds),
    onLeave: await findOnLeave(db, ctx, today),
    knownUntil: await findKnownUntil(db, ctx),
    minimums: await findMinimums(db, ctx),
    planNames: await findPlanNames(db, ctx),
    renewals: renewalsOf(contracts, prices, { today, until: addMonths(today, MONTHS) }),
    rates: await loadRates(db, ctx, [...currencies]),
  };
}
