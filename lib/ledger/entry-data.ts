import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import type { BillingMonths } from "@/lib/domain/closed-book";
import type { ClosedMonths } from "@/lib/domain/closed-months";
import type { BookedEntry } from "@/lib/domain/corrections";
import type { LedgerEntry } from "@/lib/domain/ledger-entry";
import { type Month, monthOf } from "@/lib/domain/month";
import type { Facts } from "@/lib/ledger/data";
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
  const kept = monthsOf(closed);
  const rows = await db.$queryRaw<{ month: Month; entry: EntryRow | null }[]>`
    WITH removed AS (
      DELETE FROM ledger_entry WHERE ${ofFacts(ctx, facts)} AND month <> ALL(${kept}::text[]) RETURNING *)
    SELECT DISTINCT month, NULL::jsonb AS entry FROM removed
    UNION ALL
    SELECT month, to_jsonb(removed) || ${RATE} FROM removed
    WHERE correction_of IS NOT NULL OR (state = 'billed' AND billing_month = ANY(${kept}::text[]))`;
  return {
    months: rows.filter(({ entry }) => entry === null).map(({ month }) => month),
    entries: rows.flatMap(({ entry }) => (entry === null ? [] : [toEntry(entry)])),
  };
}

/** What closed months hold of these facts. */
export async function findHeld(db: Db, ctx: Ctx, facts: Facts, closed: ClosedMonths): Promise<BookedEntry[]> {
  const rows = await db.$queryRaw<{ entry: EntryRow }[]>`
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

export async function insertEntries(
  db: Db,
  ctx: Ctx,
  entries: readonly (LedgerEntry & Partial<BookedEntry>)[],
): Promise<void> {
  for (let start = 0; start < entries.length; start += CHUNK_ROWS) {
    const rows = entries.slice(start, start + CHUNK_ROWS).map((entry) => toRow(ctx.organization.id, entry));
    await db.$executeRaw`
      INSERT INTO ledger_entry SELECT * FROM jsonb_populate_recordset(NULL::ledger_entry, ${JSON.stringify(rows)}::jsonb)`;
  }
}

function toRow(organizationId: string, entry: LedgerEntry & Partial<BookedEntry>) {
  return {
    organization_id: organizationId,
    id: newId(),
    kind: entry.kind,
    month: entry.month,
    billing_month: entry.billingMonth,
    purpose: entry.purpose,
    billing_model: entry.billingModel,
    state: entry.state,
    charge_category: entry.chargeCategory,
    basis: entry.basis,
    team_id: entry.teamId,
    product_id: entry.productId,
    service_provider_id: entry.serviceProviderId,
    member_id: entry.memberId,
    unassigned: entry.unassigned,
    subscription_id: entry.subscriptionId,
    plan_id: entry.planId,
    api_account_id: entry.apiAccountId,
    invoice_id: entry.invoiceId,
    charge_id: entry.chargeId,
    charge_period_start: entry.chargePeriod.start,
    charge_period_end: entry.chargePeriod.end,
    seat_days: entry.seatDays,
    self_assessed: entry.selfAssessed,
    cost_minor: entry.costMinor,
    currency: entry.currency,
    base_cost_minor: entry.baseCostMinor,
    rate: entry.rate,
    rate_date: entry.rateDate,
    correction_of: entry.correctionOf ?? null,
  };
}

type EntryRow = Omit<ReturnType<typeof toRow>, "rate_date"> & { readonly rate_date: CalendarDate | null };

/** The rate as posting writes it, which JSON's numbers would round. */
const RATE = sql`jsonb_build_object('rate', trim_scale(rate)::text)`;

const toEntry = (row: EntryRow): BookedEntry => ({
  kind: row.kind,
  month: row.month,
  billingMonth: row.billing_month,
  purpose: row.purpose,
  billingModel: row.billing_model,
  state: row.state,
  chargeCategory: row.charge_category,
  basis: row.basis,
  teamId: row.team_id,
  productId: row.product_id,
  serviceProviderId: row.service_provider_id,
  memberId: row.member_id,
  unassigned: row.unassigned,
  subscriptionId: row.subscription_id,
  planId: row.plan_id,
  apiAccountId: row.api_account_id,
  invoiceId: row.invoice_id,
  chargeId: row.charge_id,
  chargePeriod: { start: row.charge_period_start, end: row.charge_period_end },
  seatDays: row.seat_days,
  selfAssessed: row.self_assessed,
  costMinor: row.cost_minor,
  currency: row.currency,
  baseCostMinor: row.base_cost_minor,
  rate: row.rate,
  rateDate: row.rate_date,
  correctionOf: row.correction_of,
});

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
