import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditScopes } from "@/lib/books/credits-data";
import { findUsedScopes, joinScopes, type MeteredScope } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import type { LedgerEntry } from "@/lib/domain/ledger-entry";
import type { Month } from "@/lib/domain/month";
import { monthOf } from "@/lib/domain/month";
import { findAffectedUsage, wholeMonths } from "@/lib/ledger/usage-data";

/** What a change of facts touched, so that only its part of the ledger is made anew. */
export type Affected = {
  readonly invoiceIds?: readonly string[];
  /** Contracts whose seats, terms, holders or defaults changed. */
  readonly subscriptionIds?: readonly string[];
  /** API accounts whose place in the tree or classification changed; their descendants count too. */
  readonly apiAccountIds?: readonly string[];
  /** Members whose team changed. */
  readonly memberIds?: readonly string[];
  /** Days on which a provider's use changed, or whom it was matched to. */
  readonly usage?: readonly MeteredScope[];
  /** Pairs for which a rate was entered or changed. */
  readonly rates?: readonly { readonly from: Currency; readonly to: Currency; readonly date: CalendarDate }[];
};

/** What is made anew: the entries of invoices, the estimates of contracts, and those of metered use in whole months. */
export type Facts = {
  readonly invoiceIds: readonly string[];
  readonly subscriptionIds: readonly string[];
  readonly metered: readonly MeteredScope[];
};

/** Rows a statement: large enough for few round trips, small enough for one message. */
const CHUNK_ROWS = 5_000;

/**
 * The invoices and contracts whose entries a change can alter: a contract's invoices, an account's and its
 * descendants', a member's seats and named shares, and what was converted by a rate.
 */
export async function findAffected(db: Db, ctx: Ctx, affected: Affected): Promise<Facts> {
  const org = ctx.organization.id;
  const { invoiceIds = [], subscriptionIds = [], apiAccountIds = [], memberIds = [], rates = [] } = affected;
  const metered = wholeMonths(joinScopes(await findAffectedUsage(db, ctx, affected)));
  const used = metered.map(({ serviceProviderId }) => serviceProviderId);
  const contracts = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM subscription WHERE organization_id = ${org}::uuid AND (
      id = ANY(${subscriptionIds}::uuid[])
      OR id IN (SELECT subscription_id FROM assignment WHERE organization_id = ${org}::uuid AND member_id = ANY(${memberIds}::uuid[]))
      OR id IN (SELECT subscription_id FROM charge WHERE organization_id = ${org}::uuid AND invoice_id = ANY(${invoiceIds}::uuid[]))
      OR id IN (SELECT subscription_id FROM subscription_term WHERE organization_id = ${org}::uuid AND currency = ANY(${rates.map(({ from }) => from)}::text[])))
    ORDER BY id`;
  const changed = [
    ...subscriptionIds,
    ...(memberIds.length ? await subscriptionsHeldBy(db, ctx, memberIds) : []),
  ];
  const invoices = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE touched AS (
      SELECT id FROM api_account WHERE organization_id = ${org}::uuid AND (
        id = ANY(${apiAccountIds}::uuid[])
        OR id IN (SELECT c.api_account_id FROM classification c JOIN classification_share s
                  ON s.organization_id = c.organization_id AND s.classification_id = c.id
                  WHERE c.organization_id = ${org}::uuid AND s.member_id = ANY(${memberIds}::uuid[])))
      UNION
      SELECT child.id FROM api_account child JOIN touched ON child.parent_id = touched.id
      WHERE child.organization_id = ${org}::uuid
    )
    SELECT id FROM invoice WHERE organization_id = ${org}::uuid AND (
      id = ANY(${invoiceIds}::uuid[])
      OR id IN (SELECT invoice_id FROM charge WHERE organization_id = ${org}::uuid AND (
        subscription_id = ANY(${changed}::uuid[])
        OR api_account_id IN (SELECT id FROM touched)
        OR member_id = ANY(${memberIds}::uuid[])
        OR id IN (SELECT charge_id FROM charge_share WHERE organization_id = ${org}::uuid AND member_id = ANY(${memberIds}::uuid[]))))
      OR EXISTS (SELECT FROM unnest(${rates.map(({ from }) => from)}::text[], ${rates.map(({ date }) => date)}::date[]) AS rate (currency, day)
                 WHERE invoice.currency = rate.currency AND issue_date BETWEEN day AND day + 7)
      OR id IN (SELECT c.invoice_id FROM charge c JOIN invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
                JOIN unnest(${metered.map(({ serviceProviderId }) => serviceProviderId)}::uuid[],
                            ${metered.map(({ days }) => days.start)}::date[], ${metered.map(({ days }) => days.end)}::date[])
                  AS scope (provider, first_day, end_day) ON i.service_provider_id = provider
                WHERE c.organization_id = ${org}::uuid AND c.api_account_id IS NOT NULL
                  AND coalesce(c.charge_period_start, date_trunc('month', i.issue_date)::date) < end_day
                  AND coalesce(c.charge_period_end, (date_trunc('month', i.issue_date) + interval '1 month')::date) > first_day)
      OR id IN (SELECT g.invoice_id FROM credit_grant g
                WHERE g.organization_id = ${org}::uuid AND g.voided_at IS NULL AND g.service_provider_id = ANY(${used}::uuid[]))
      OR id IN (SELECT c.invoice_id FROM charge c JOIN credit_grant g
                ON g.organization_id = c.organization_id AND g.subscription_id = c.subscription_id
                WHERE c.organization_id = ${org}::uuid AND c.charge_category = 'usage'
                  AND g.service_provider_id = ANY(${used}::uuid[])))
    ORDER BY id`;
  return {
    invoiceIds: invoices.map(({ id }) => id),
    subscriptionIds: contracts.map(({ id }) => id),
    metered,
  };
}

/** The contracts of which these members hold seats, or whose allowance they used. */
async function subscriptionsHeldBy(db: Db, ctx: Ctx, memberIds: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT subscription_id AS id FROM assignment
    WHERE organization_id = ${ctx.organization.id}::uuid AND member_id = ANY(${memberIds}::uuid[])
    UNION
    SELECT g.subscription_id FROM credit_grant g
    WHERE g.organization_id = ${ctx.organization.id}::uuid AND g.kind = 'allowance' AND EXISTS (
      SELECT FROM usage_day u WHERE u.organization_id = g.organization_id
        AND u.service_provider_id = g.service_provider_id AND u.member_id = ANY(${memberIds}::uuid[]))`;
  return rows.map(({ id }) => id);
}

/** Every fact of the organization, for a rebuild. */
export async function listAllFacts(db: Db, ctx: Ctx): Promise<Facts> {
  const where = { organizationId: ctx.organization.id };
  const invoices = await db.invoice.findMany({ where, select: { id: true } });
  const subscriptions = await db.subscription.findMany({ where, select: { id: true } });
  return {
    invoiceIds: invoices.map(({ id }) => id),
    subscriptionIds: subscriptions.map(({ id }) => id),
    metered: wholeMonths(
      joinScopes([...(await findUsedScopes(db, ctx, null)), ...(await findCreditScopes(db, ctx, null))]),
    ),
  };
}

/** Removes what these facts posted; answers the months that it was in. */
export async function removeEntries(
  db: Db,
  ctx: Ctx,
  { invoiceIds, subscriptionIds, metered }: Facts,
): Promise<Month[]> {
  const scopes = metered.map(({ serviceProviderId, days }) => ({
    serviceProviderId,
    from: monthOf(days.start),
    to: monthOf(addDays(days.end, -1)),
  }));
  const rows = await db.$queryRaw<{ month: Month }[]>`
    WITH removed AS (
      DELETE FROM ledger_entry WHERE organization_id = ${ctx.organization.id}::uuid AND (
        invoice_id = ANY(${invoiceIds}::uuid[])
        OR (subscription_id = ANY(${subscriptionIds}::uuid[]) AND state = 'estimated')
        OR (subscription_id IS NULL AND state = 'estimated' AND EXISTS (
          SELECT FROM unnest(${scopes.map((scope) => scope.serviceProviderId)}::uuid[],
                             ${scopes.map(({ from }) => from)}::text[], ${scopes.map(({ to }) => to)}::text[])
            AS scope (provider, first_month, last_month)
          WHERE service_provider_id = provider AND month BETWEEN first_month AND last_month)))
      RETURNING month)
    SELECT DISTINCT month FROM removed`;
  return rows.map(({ month }) => month);
}

export async function insertEntries(db: Db, ctx: Ctx, entries: readonly LedgerEntry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += CHUNK_ROWS) {
    const rows = entries.slice(start, start + CHUNK_ROWS).map((entry) => toRow(ctx.organization.id, entry));
    await db.$executeRaw`
      INSERT INTO ledger_entry SELECT * FROM jsonb_populate_recordset(NULL::ledger_entry, ${JSON.stringify(rows)}::jsonb)`;
  }
}

function toRow(organizationId: string, entry: LedgerEntry) {
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
  };
}

/** Sums the entries of these months anew. */
export async function refreshTotals(db: Db, ctx: Ctx, months: readonly Month[]): Promise<void> {
  if (months.length === 0) return;
  const org = ctx.organization.id;
  await db.$executeRaw`DELETE FROM ledger_total WHERE organization_id = ${org}::uuid AND month = ANY(${months}::text[])`;
  await db.$executeRaw`
    INSERT INTO ledger_total (organization_id, id, kind, month, billing_month, purpose, billing_model, state, team_id,
                              product_id, service_provider_id, self_assessed, base_cost_minor)
    SELECT organization_id, gen_random_uuid(), kind, month, billing_month, purpose, billing_model, state, team_id,
           product_id, service_provider_id, self_assessed, sum(base_cost_minor)
    FROM ledger_entry WHERE organization_id = ${org}::uuid AND month = ANY(${months}::text[])
    GROUP BY organization_id, kind, month, billing_month, purpose, billing_model, state, team_id, product_id,
             service_provider_id, self_assessed`;
}

/** The day up to which estimates were brought; null before the first posting. */
export async function findPostedOn(db: Db, ctx: Ctx): Promise<CalendarDate | null> {
  const row = await db.organization.findUnique({
    where: { id: ctx.organization.id },
    select: { postedOn: true },
  });
  return fromDbDateOrNull(row?.postedOn ?? null);
}

export async function savePostedOn(db: Db, ctx: Ctx, date: CalendarDate): Promise<void> {
  await db.organization.update({ where: { id: ctx.organization.id }, data: { postedOn: toDbDate(date) } });
}
