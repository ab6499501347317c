import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadApiAccounts, loadMemberships } from "@/lib/books/data";
import { loadRates } from "@/lib/books/rates-data";
import { loadMeteredCharges } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import type { Books } from "@/lib/domain/books";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { ForecastReach } from "@/lib/domain/expected-cost";
import { type Bearing, membersOf } from "@/lib/forecast/bearers";
import { type CreditOfProvider, loadCredit } from "@/lib/forecast/credit";
import { chargedHistories, type HistoryOf, knownUntil, usedHistories } from "@/lib/forecast/histories";
import {
  findProvidersOf,
  firstDayOf,
  loadAccountEnds,
  loadChargedDays,
  loadUsedDays,
  loadUsedSpans,
  loadUsers,
} from "@/lib/forecast/history-data";
import { type ForecastOf, findCredited } from "@/lib/forecast/touched-data";

export type PostedKnown = { readonly posted: Books; readonly reach: ForecastReach };

/** Everything that the forecast of metered use follows from. */
export type MeteredFacts = Bearing & {
  readonly histories: readonly HistoryOf[];
  readonly credit: ReadonlyMap<string, CreditOfProvider>;
  readonly until: ReadonlyMap<string, CalendarDate>;
};

/** @returns null where nothing was used or charged */
export async function loadMetered(
  db: Db,
  ctx: Ctx,
  of: ForecastOf,
  { posted, reach }: PostedKnown,
): Promise<MeteredFacts | null> {
  const providers = await findProvidersOf(db, ctx, of);
  const used = providers.length > 0 ? await loadUsedDays(db, ctx, of) : [];
  const charged = await loadChargedDays(db, ctx, of);
  const credit = await loadCredit(db, ctx, await findCredited(db, ctx, providers));
  if (used.length + charged.length + credit.size === 0) return null;

  const apiAccounts = await loadApiAccounts(db, ctx);
  const spans = await loadUsedSpans(db, ctx, providers);
  const covering = await loadMeteredCharges(db, ctx, providers, firstDayOf(ctx));
  const known = { ...reach, apiAccounts, spans, covering, ends: await loadAccountEnds(db, ctx) };
  const histories = [...usedHistories(used, known), ...chargedHistories(charged, known)];
  const until = knownUntil(spans, reach.today);
  const users = used.length > 0 ? await loadUsers(db, ctx, of, until) : [];
  const books: Books = {
    ...posted,
    apiAccounts,
    memberships: new Map([
      ...posted.memberships,
      ...(await loadMemberships(db, ctx, membersOf(users, apiAccounts, posted))),
    ]),
    rates: await loadRates(db, ctx, [...new Set(histories.map(({ currency }) => currency))]),
  };
  return { histories, credit, until, users, books, reach };
}
