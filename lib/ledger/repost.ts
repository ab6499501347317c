import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditInvoices } from "@/lib/books/credits-data";
import { loadBooks, loadInvoices, loadSeatFees } from "@/lib/books/data";
import { loadMeteredCharges } from "@/lib/books/usage-data";
import { type Db, write } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { postEstimates } from "@/lib/domain/estimates";
import { postCreditEstimates, postMeteredEstimates, withCredits } from "@/lib/domain/metered-estimates";
import { contains } from "@/lib/domain/period";
import { postInvoice } from "@/lib/domain/posting";
import {
  type Affected,
  type Facts,
  findAffected,
  findPostedOn,
  insertEntries,
  listAllFacts,
  refreshTotals,
  removeEntries,
  savePostedOn,
} from "@/lib/ledger/data";

/**
 * Makes the ledger entries of what a change touched anew, in the change's own transaction. Every service that
 * changes facts calls it after saving them; a rebuild of everything comes out the same.
 *
 * @throws DomainError `rate_missing`
 */
export async function repost(db: Db, ctx: Ctx, affected: Affected): Promise<void> {
  await post(db, ctx, await findAffected(db, ctx, affected));
}

/** Makes the whole ledger anew from the facts. */
export function rebuildLedger(ctx: Ctx): Promise<void> {
  return write(ctx, async (db) => {
    await post(db, ctx, await listAllFacts(db, ctx));
    await savePostedOn(db, ctx, utcDateOf(ctx.now));
  });
}

/**
 * Brings the estimates up to the day: a new month brings new ones, a running month takes the day's rate. Whatever
 * reads the ledger calls it first, so that what is shown never depends on whether a job ran.
 */
export async function bringUpToDate(ctx: Ctx): Promise<void> {
  const today = utcDateOf(ctx.now);
  await write(ctx, async (db) => {
    if (((await findPostedOn(db, ctx)) ?? "") >= today) return;
    const { subscriptionIds, metered } = await listAllFacts(db, ctx);
    // Credit is drawn and expires as the days go by.
    const invoiceIds = await findCreditInvoices(db, ctx, null);
    await post(db, ctx, { invoiceIds, subscriptionIds, metered });
    await savePostedOn(db, ctx, today);
  });
}

async function post(db: Db, ctx: Ctx, facts: Facts): Promise<void> {
  const invoices = await loadInvoices(db, ctx, facts.invoiceIds);
  const loaded = await loadBooks(db, ctx, { invoices, ...facts });
  const charges = await loadMeteredCharges(db, ctx, [
    ...new Set(
      [...facts.metered, ...loaded.credits.grants].map(({ serviceProviderId }) => serviceProviderId),
    ),
  ]);
  const books = withCredits(loaded, charges);
  const fees = await loadSeatFees(db, ctx, facts.subscriptionIds);
  const entries = [
    ...invoices.flatMap((invoice) => postInvoice(invoice, books)),
    ...facts.subscriptionIds.flatMap((id) => {
      const subscription = books.subscriptions.get(id);
      return subscription ? postEstimates(subscription, fees.get(id) ?? [], books) : [];
    }),
    ...facts.metered.flatMap(({ serviceProviderId, days }) => {
      const used = books.usage.filter(
        (usage) => usage.serviceProviderId === serviceProviderId && contains(days, usage.day),
      );
      return [
        ...postMeteredEstimates(used, charges.get(serviceProviderId) ?? [], books),
        ...postCreditEstimates(serviceProviderId, books),
      ];
    }),
  ];
  const months = new Set(await removeEntries(db, ctx, facts));
  await insertEntries(db, ctx, entries);
  for (const { month } of entries) months.add(month);
  await refreshTotals(db, ctx, [...months]);
}
