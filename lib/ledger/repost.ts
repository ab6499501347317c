import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadClosedMonths } from "@/lib/books/closed-data";
import { findCreditInvoices } from "@/lib/books/credits-data";
import { loadBooks, loadSeatFees } from "@/lib/books/data";
import { loadInvoices } from "@/lib/books/invoices-data";
import { loadMeteredCharges } from "@/lib/books/usage-data";
import { type Db, write, writeLong } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { bookAround } from "@/lib/domain/closed-book";
import { type ClosedMonths, periodClosed } from "@/lib/domain/closed-months";
import { type BookedEntry, type Correction, monthsCorrected } from "@/lib/domain/corrections";
import { postEstimates } from "@/lib/domain/estimates";
import type { LedgerEntry } from "@/lib/domain/ledger-entry";
import { postCreditEstimates, postMeteredEstimates, withCredits } from "@/lib/domain/metered-estimates";
import type { Month } from "@/lib/domain/month";
import { contains } from "@/lib/domain/period";
import { postInvoice } from "@/lib/domain/posting";
import { refreshForecasts } from "@/lib/forecast/refresh";
import type { ForecastTouched } from "@/lib/forecast/touched-data";
import {
  type Affected,
  type Facts,
  findAffected,
  findPostedOn,
  listAllFacts,
  savePostedOn,
} from "@/lib/ledger/data";
import {
  findBefore,
  findBillingMonths,
  findHeld,
  type Removed,
  refreshTotals,
} from "@/lib/ledger/entry-data";
import { replaceEntries } from "@/lib/ledger/kept-data";
import { findReopenedFacts } from "@/lib/ledger/reopened-data";
import { findTouchedForecasts } from "@/lib/ledger/usage-data";
import { raiseAlerts } from "@/lib/thresholds/evaluate";

/**
 * Makes the ledger entries of what a change touched anew, in the change's own transaction. Every service that
 * changes facts calls it after saving them; a rebuild of everything comes out the same. Closed months stay as they are:
 * what would change them is refused, or booked in the first open month if the context asks for that.
 *
 * @throws DomainError `rate_missing`, `period_closed`
 */
export async function repost(db: Db, ctx: Ctx, { removed, ...affected }: Affected): Promise<void> {
  const facts = await findAffected(db, ctx, affected);
  const forecasts = await findTouchedForecasts(db, ctx, affected);
  const { before, after, closed } = await post(db, ctx, facts, { removed, forecasts });
  if (closed === null || ctx.closedMonths === "correct") return;
  const months = monthsCorrected(before, after);
  if (months.length > 0) throw periodClosed(months, closed.firstOpen);
}

/** Makes the ledger anew from the facts and what closed months hold. */
export function rebuildLedger(ctx: Ctx): Promise<void> {
  return writeLong(ctx, (db) => rebuildWithin(db, ctx));
}

/** The same in a transaction that is under way. */
export async function rebuildWithin(db: Db, ctx: Ctx): Promise<void> {
  await post(db, ctx, await listAllFacts(db, ctx), { forecasts: EVERYTHING });
  await savePostedOn(db, ctx, utcDateOf(ctx.now));
}

/**
 * Makes anew what a month moves that is open again, after its closing was taken back and with estimates that are up to date.
 * No forecast looks at what is closed.
 */
export async function repostReopened(db: Db, ctx: Ctx, month: Month): Promise<void> {
  await post(db, ctx, await findReopenedFacts(db, ctx, month), { forecasts: null });
}

/**
 * Brings the estimates up to the day: a new month brings new ones, a running month takes the day's rate. Whatever
 * reads the ledger calls it first, so that what is shown never depends on whether a job ran.
 */
export function bringUpToDate(ctx: Ctx): Promise<void> {
  return write(ctx, (db) => bringUpToDateWithin(db, ctx));
}

/** The same in a transaction that is under way. */
export async function bringUpToDateWithin(db: Db, ctx: Ctx): Promise<void> {
  const today = utcDateOf(ctx.now);
  if (((await findPostedOn(db, ctx)) ?? "") >= today) return;
  const { subscriptionIds, metered } = await listAllFacts(db, ctx);
  // Credit is drawn and expires as the days go by.
  const invoiceIds = await findCreditInvoices(db, ctx, null);
  await post(db, ctx, { invoiceIds, subscriptionIds, metered }, { forecasts: EVERYTHING });
  await savePostedOn(db, ctx, today);
}

type Posted = {
  readonly closed: ClosedMonths;
  /** The corrections that there were of these facts, and those that there are now. */
  readonly before: readonly Correction[];
  readonly after: readonly Correction[];
};

type Change = {
  /** What was posted of facts that are gone by now. */
  readonly removed?: Removed | undefined;
  /** Whose forecasts beside those of the contracts; null: none at all. */
  readonly forecasts: TouchedForecasts | null;
};

type TouchedForecasts = Pick<ForecastTouched, "providers" | "charged">;

const EVERYTHING: TouchedForecasts = { providers: "all", charged: [] };

async function post(db: Db, ctx: Ctx, facts: Facts, { removed: taken, forecasts }: Change): Promise<Posted> {
  const closed = await loadClosedMonths(db, ctx);
  const loaded = await loadFacts(db, ctx, facts);
  const entries = entriesOf(facts, loaded);
  const { subscriptionIds } = facts;
  if (forecasts) await refreshForecasts(db, ctx, { ...forecasts, subscriptionIds }, loaded);
  const before = [...(await findBefore(db, ctx, facts, closed)), ...(taken?.entries ?? [])];
  const booked = closed === null ? entries : await book(db, ctx, { facts, entries, before }, closed);
  const months = await replaceEntries(db, ctx, { facts, closed, entries: booked });
  await refreshTotals(db, ctx, [...new Set([...months, ...(taken?.months ?? [])])]);
  await raiseAlerts(db, ctx);
  return { closed, before: before.filter(isCorrection), after: booked.filter(isCorrection) };
}

const isCorrection = (entry: LedgerEntry & Partial<BookedEntry>): entry is Correction =>
  (entry.correctionOf ?? null) !== null;

async function book(
  db: Db,
  ctx: Ctx,
  { facts, ...made }: { facts: Facts; entries: readonly LedgerEntry[]; before: readonly BookedEntry[] },
  closed: NonNullable<ClosedMonths>,
) {
  const held = await findHeld(db, ctx, facts, closed);
  const billingMonths = await findBillingMonths(db, ctx, facts.invoiceIds);
  return bookAround({ ...made, held, billingMonths }, closed);
}

async function loadFacts(db: Db, ctx: Ctx, facts: Facts) {
  const invoices = await loadInvoices(db, ctx, facts.invoiceIds);
  const loaded = await loadBooks(db, ctx, { invoices, ...facts });
  const charges = await loadMeteredCharges(db, ctx, [
    ...new Set(
      [...facts.metered, ...loaded.credits.grants].map(({ serviceProviderId }) => serviceProviderId),
    ),
  ]);
  const books = withCredits(loaded, charges);
  return { invoices, charges, books, fees: await loadSeatFees(db, ctx, facts.subscriptionIds) };
}

/** What these facts give for every month, closed or not. */
function entriesOf(
  facts: Facts,
  { invoices, charges, books, fees }: Awaited<ReturnType<typeof loadFacts>>,
): LedgerEntry[] {
  return [
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
}
