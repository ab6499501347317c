import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { addDays } from "@/lib/domain/calendar-date";
import type { BillingMonths } from "@/lib/domain/closed-book";
import type { ClosedMonths } from "@/lib/domain/closed-months";
import type { BookedEntry } from "@/lib/domain/corrections";
import { type Month, monthOf } from "@/lib/domain/month";
import type { Facts } from "@/lib/ledger/data";
import { type EntryToKeep, type Said, said, toEntry } from "@/lib/ledger/entry-row-data";
import { Prisma } from "@/prisma/generated/client";

const { sql } = Prisma;

/** Rows a statement: large enough for few round trips, small enough for one message. */
const CHUNK_ROWS = 5_000;

/** What went: its months, and of its entries those that say what closed months were corrected by or invoiced. */
export type Removed = { readonly months: readonly Month[]; readonly entries: readonly BookedEntry[] };

/** The entries that these facts posted; a correction is of the month that it corrects. */
function ofFacts(ctx: Ctx, { invoiceIds, subscriptionIds, metered }: Facts): Prisma.Sql {
  const providers = metered.map(({ serviceProviderId }) => serviceProviderId);
  const from = metered.map(({ days }) => monthOf(days.start));
  const to = metered.map(({ days }) => monthOf(addDays(days.end, -1)));
  return sql`organization_id = ${ctx.organization.id}::uuid AND (
    invoice_id = ANY(${invoiceIds}::uuid[])
    OR (subscription_id = ANY(${subscriptionIds}::uuid[]) AND state = 'estimated')
    OR (subscription_id IS NULL AND state = 'estimated' AND EXISTS (
      SELECT FROM unnest(${providers}::uuid[], ${from}::text[], ${to}::text[]) AS scope (provider, first_month, last_month)
      WHERE service_provider_id = provider AND coalesce(correction_of, month) BETWEEN first_month AND last_month)))`;
}

const monthsOf = (closed: ClosedMonths): Month[] => [...(closed?.months ?? [])];

/** Removes what these facts posted in months that are open. */
export async function removeEntries(db: Db, ctx: Ctx, facts: Facts, closed: ClosedMonths): Promise<Removed> {
  const entries = await findBefore(db, ctx, facts, closed);
  const rows = await db.$queryRaw<{ month: Month }[]>`
    WITH removed AS (DELETE FROM ledger_entry WHERE ${inOpenMonths(ctx, facts, closed)} RETURNING month)
    SELECT DISTINCT month FROM removed`;
  return { months: rows.map(({ month }) => month), entries };
}

/** What these facts posted in open months. */
export const inOpenMonths = (ctx: Ctx, facts: Facts, closed: ClosedMonths): Prisma.Sql =>
  sql`${ofFacts(ctx, facts)} AND month <> ALL(${monthsOf(closed)}::text[])`;

/** What open months hold of these facts that says what closed months were corrected by or invoiced. */
export async function findBefore(
  db: Db,
  ctx: Ctx,
  facts: Facts,
  closed: ClosedMonths,
): Promise<BookedEntry[]> {
  if (closed === null) return [];
  const rows = await db.$queryRaw<{ entry: Said }[]>`
    SELECT to_jsonb(ledger_entry) || ${RATE} AS entry FROM ledger_entry
    WHERE ${inOpenMonths(ctx, facts, closed)}
      AND (correction_of IS NOT NULL OR (state = 'billed' AND billing_month = ANY(${monthsOf(closed)}::text[])))`;
  return rows.map(({ entry }) => toEntry(entry));
}

/** What closed months hold of these facts. */
export async function findHeld(db: Db, ctx: Ctx, facts: Facts, closed: ClosedMonths): Promise<BookedEntry[]> {
  const rows = await db.$queryRaw<{ entry: Said }[]>`
    SELECT to_jsonb(ledger_entry) || ${RATE} AS entry FROM ledger_entry
    WHERE ${ofFacts(ctx, facts)} AND month = ANY(${monthsOf(closed)}::text[])`;
  return rows.map(({ entry }) => toEntry(entry));
}

/** The month in which each invoice was issued, and the one in which it counts on the billed basis. */
export async function findBillingMonths(
  db: Db,
  ctx: Ctx,
  invoiceIds: readonly string[],
): Promise<BillingMonths> {
  const rows = await db.invoice.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...invoiceIds] } },
    select: { id: true, issueDate: true, billingMonth: true },
  });
  return new Map(
    rows.map(({ id, issueDate, billingMonth }) => [
      id,
      { issued: monthOf(fromDbDate(issueDate)), counted: billingMonth },
    ]),
  );
}

export async function insertEntries(db: Db, ctx: Ctx, entries: readonly EntryToKeep[]): Promise<void> {
  const organization_id = ctx.organization.id;
  for (let start = 0; start < entries.length; start += CHUNK_ROWS) {
    const rows = entries
      .slice(start, start + CHUNK_ROWS)
      .map((entry) => ({ organization_id, id: newId(), ...said(entry) }));
    await db.$executeRaw`
      INSERT INTO ledger_entry SELECT * FROM jsonb_populate_recordset(NULL::ledger_entry, ${JSON.stringify(rows)}::jsonb)`;
  }
}

/** The rate as posting writes it, which JSON's numbers would round. */
const RATE = sql`jsonb_build_object('rate', trim_scale(rate)::text)`;

/** Sums the entries of these months anew. */
export async function refreshTotals(db: Db, ctx: Ctx, months: readonly Month[]): Promise<void> {
  if (months.length === 0) return;
  const org = ctx.organization.id;
  await db.$executeRaw`DELETE FROM ledger_total WHERE organization_id = ${org}::uuid AND month = ANY(${months}::text[])`;
  await db.$executeRaw`
    INSERT INTO ledger_total (organization_id, id, kind, month, billing_month, purpose, billing_model, state, team_id,
                              product_id, service_provider_id, self_assessed, correction_of, base_cost_minor)
    SELECT organization_id, gen_random_uuid(), kind, month, billing_month, purpose, billing_model, state, team_id,
           product_id, service_provider_id, self_assessed, correction_of, sum(base_cost_minor)
    FROM ledger_entry WHERE organization_id = ${org}::uuid AND month = ANY(${months}::text[])
    GROUP BY organization_id, kind, month, billing_month, purpose, billing_model, state, team_id, product_id,
             service_provider_id, self_assessed, correction_of`;
}
