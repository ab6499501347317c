import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditScopes } from "@/lib/books/credits-data";
import { findUsedScopes, joinScopes, type MeteredScope } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDate } from "@/lib/db/dates";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import type { ChargedAccount } from "@/lib/forecast/touched-data";
import type { Removed } from "@/lib/ledger/entry-data";
import { findAffectedUsage, findEstimatedScopes, wholeMonths } from "@/lib/ledger/usage-data";

/** What a change of facts touched, so that only its part of the ledger is made anew. */
export type Affected = {
  readonly invoiceIds?: readonly string[];
  /** Contracts whose seats, terms, holders or defaults changed. */
  readonly subscriptionIds?: readonly string[];
  /** API accounts whose place in the tree or classification changed; their descendants count too. */
  readonly apiAccountIds?: readonly string[];
  /** What changed invoices charged before, beside what they charge now: which accounts, and days of which use. */
  readonly charged?: readonly ChargedAccount[];
  readonly coveredDays?: readonly MeteredScope[];
  /** Members whose team changed. */
  readonly memberIds?: readonly string[];
  /** Days on which a provider's use changed, or whom it was matched to. */
  readonly usage?: readonly MeteredScope[];
  /** Pairs for which a rate was entered or changed. */
  readonly rates?: readonly { readonly from: Currency; readonly to: Currency; readonly date: CalendarDate }[];
  /** Entries that the caller had to remove before it could save its change. */
  readonly removed?: Removed;
};

/** What is made anew: the entries of invoices, the estimates of contracts, and those of metered use in whole months. */
export type Facts = {
  readonly invoiceIds: readonly string[];
  readonly subscriptionIds: readonly string[];
  readonly metered: readonly MeteredScope[];
};

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
      joinScopes([
        ...(await findUsedScopes(db, ctx, null)),
        ...(await findCreditScopes(db, ctx, null)),
        ...(await findEstimatedScopes(db, ctx)),
      ]),
    ),
  };
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
