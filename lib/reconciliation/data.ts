import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import type { ChargeCategory } from "@/lib/domain/facts";
import type { Amount } from "@/lib/domain/ledger-entry";
import { type Month, periodOfMonth } from "@/lib/domain/month";
import type { Period } from "@/lib/domain/period";
import type { PublishedPrice } from "@/lib/domain/reconciliation";

/** A line of an invoice as far as it counts for one contract in one month. */
export type BilledLine = {
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly invoiceCurrency: Currency;
  readonly enteredAt: Date;
  readonly chargeId: string;
  readonly description: string;
  readonly chargeCategory: ChargeCategory;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
  readonly planId: string | null;
  readonly quantity: number | null;
  readonly period: Period;
  readonly currency: Currency;
  readonly amount: Amount;
  /** Drawn from credit that the line bought, or left when that expired. */
  readonly prepaid: boolean;
};

/**
 * What was billed on contracts in a month, as the ledger holds it: on seats the charges whose period begins in it,
 * whole, because so the seat ledger expects them; on API accounts what counts in it, because so use is metered.
 */
export async function findBilledLines(db: Db, ctx: Ctx, month: Month): Promise<BilledLine[]> {
  const { start, end } = periodOfMonth(month);
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<
    (Omit<BilledLine, "period" | "amount"> & {
      start: CalendarDate;
      end: CalendarDate;
      cost: string;
      base: string;
    })[]
  >`
    WITH charged AS (
      SELECT DISTINCT c.invoice_id FROM charge c
      JOIN invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
      WHERE c.organization_id = ${org}::uuid AND i.voided_at IS NULL
        AND coalesce(c.charge_period_start, i.issue_date) >= ${start}::date
        AND coalesce(c.charge_period_start, i.issue_date) < ${end}::date
    ), entry AS (
      SELECT e.* FROM ledger_entry e
      WHERE e.organization_id = ${org}::uuid AND e.invoice_id IN (SELECT invoice_id FROM charged)
        AND e.subscription_id IS NOT NULL AND e.charge_period_start >= ${start}::date AND e.charge_period_start < ${end}::date
      UNION ALL
      SELECT e.* FROM ledger_entry e
      WHERE e.organization_id = ${org}::uuid AND e.api_account_id IS NOT NULL AND e.subscription_id IS NULL
        AND (e.month = ${month} AND e.correction_of IS NULL OR e.correction_of = ${month})
    ), prepaid AS MATERIALIZED (
      -- Found by their invoices, once: entries have no index by charge.
      SELECT DISTINCT charge_id FROM ledger_entry
      WHERE organization_id = ${org}::uuid AND kind = 'prepaid' AND invoice_id IN (SELECT invoice_id FROM entry)
    )
    SELECT e.invoice_id AS "invoiceId", i.number AS "invoiceNumber", i.currency AS "invoiceCurrency",
           i.created_at AS "enteredAt", e.charge_id AS "chargeId", c.description, e.charge_category::text AS "chargeCategory",
           e.subscription_id AS "subscriptionId", e.api_account_id AS "apiAccountId", e.plan_id AS "planId",
           c.quantity::float AS quantity, e.charge_period_start::text AS start, e.charge_period_end::text AS end,
           e.currency, sum(e.cost_minor)::text AS cost, sum(e.base_cost_minor)::text AS base,
           e.charge_id IN (SELECT charge_id FROM prepaid) AS prepaid
    FROM entry e
    JOIN invoice i ON i.organization_id = ${org}::uuid AND i.id = e.invoice_id
    JOIN charge c ON c.organization_id = ${org}::uuid AND c.id = e.charge_id
    WHERE e.state = 'billed' AND e.kind = 'cost' AND NOT e.self_assessed
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, i.issue_date, c.position
    ORDER BY i.issue_date, i.number, c.position, 12`;
  return rows.map(({ start: first, end: last, cost, base, ...line }) => ({
    ...line,
    period: { start: first, end: last },
    amount: { costMinor: Number(cost), baseCostMinor: Number(base) },
  }));
}

/** What an invoice asks for, by contract and by the month in which it is reconciled; without a contract in one sum. */
export type InvoicePart = {
  readonly invoiceId: string;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
  readonly month: Month | null;
  readonly amount: Amount;
};

export async function findInvoiceParts(
  db: Db,
  ctx: Ctx,
  invoiceIds: readonly string[],
): Promise<InvoicePart[]> {
  if (invoiceIds.length === 0) return [];
  const rows = await db.$queryRaw<(Omit<InvoicePart, "amount"> & { cost: string; base: string })[]>`
    SELECT invoice_id AS "invoiceId",
           CASE WHEN kind = 'cost' THEN subscription_id END AS "subscriptionId",
           CASE WHEN kind = 'cost' AND subscription_id IS NULL THEN api_account_id END AS "apiAccountId",
           CASE WHEN kind = 'cost' AND subscription_id IS NOT NULL THEN to_char(charge_period_start, 'YYYY-MM')
                WHEN kind = 'cost' AND api_account_id IS NOT NULL THEN coalesce(correction_of, month) END AS month,
           sum(cost_minor)::text AS cost, sum(base_cost_minor)::text AS base
    FROM ledger_entry
    WHERE organization_id = ${ctx.organization.id}::uuid AND invoice_id = ANY(${invoiceIds}::uuid[])
      AND state = 'billed' AND NOT self_assessed
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
  return rows.map(({ cost, base, ...part }) => ({
    ...part,
    amount: { costMinor: Number(cost), baseCostMinor: Number(base) },
  }));
}

export type Payment = {
  readonly id: string;
  readonly invoiceId: string;
  readonly paidOn: CalendarDate;
  readonly amountMinor: number;
  readonly bankFeeMinor: number;
};

/** What was paid for invoices, in time. */
export async function findPayments(db: Db, ctx: Ctx, invoiceIds: readonly string[]): Promise<Payment[]> {
  if (invoiceIds.length === 0) return [];
  return await db.$queryRaw<Payment[]>`
    SELECT id, invoice_id AS "invoiceId", paid_on::text AS "paidOn", amount_minor::float AS "amountMinor",
           bank_fee_minor::float AS "bankFeeMinor"
    FROM settlement
    WHERE organization_id = ${ctx.organization.id}::uuid AND invoice_id = ANY(${invoiceIds}::uuid[]) AND voided_at IS NULL
    ORDER BY paid_on, id`;
}

/** The use of a month at its price; of seats, what is charged on top of them. */
export type UseSum = {
  readonly kind: "metered" | "on_top";
  readonly serviceProviderId: string;
  readonly apiAccountId: string | null;
  readonly currency: Currency;
  readonly costNano: bigint;
};

export async function findUse(db: Db, ctx: Ctx, month: Month): Promise<UseSum[]> {
  const { start, end } = periodOfMonth(month);
  const rows = await db.$queryRaw<(Omit<UseSum, "costNano"> & { nano: string })[]>`
    SELECT cost_kind::text AS kind, service_provider_id AS "serviceProviderId", api_account_id AS "apiAccountId",
           currency, sum(cost_nano)::text AS nano
    FROM usage_day
    WHERE organization_id = ${ctx.organization.id}::uuid AND day >= ${start}::date AND day < ${end}::date
      AND cost_kind IN ('metered', 'on_top')
    GROUP BY 1, 2, 3, 4 HAVING sum(cost_nano) <> 0 ORDER BY 1, 2, 3, 4`;
  return rows.map(({ nano, ...use }) => ({ ...use, costNano: BigInt(nano) }));
}

/** The estimates of metered use that stand in a month: what no invoice covers, and apart what credit was given for. */
export type OpenUse = Omit<UseSum, "kind" | "costNano"> & {
  readonly amount: Amount;
  readonly covered: boolean;
};

export async function findOpenUse(db: Db, ctx: Ctx, month: Month): Promise<OpenUse[]> {
  const rows = await db.$queryRaw<(Omit<OpenUse, "amount"> & { cost: string; base: string })[]>`
    SELECT service_provider_id AS "serviceProviderId", api_account_id AS "apiAccountId", currency,
           kind = 'covered' AS covered, sum(cost_minor)::text AS cost, sum(base_cost_minor)::text AS base
    FROM ledger_entry
    WHERE organization_id = ${ctx.organization.id}::uuid AND state = 'estimated' AND billing_model = 'metered'
      AND (month = ${month} AND correction_of IS NULL OR correction_of = ${month})
    GROUP BY 1, 2, 3, 4`;
  return rows.map(({ cost, base, ...use }) => ({
    ...use,
    amount: { costMinor: Number(cost), baseCostMinor: Number(base) },
  }));
}

/**
 * What was known at an instant of a provider's use in a month: of each row the last one that had been told by then.
 * Null, when nothing was told since.
 */
export async function findKnownUse(
  db: Db,
  ctx: Ctx,
  { serviceProviderId, month, at }: { serviceProviderId: string; month: Month; at: Date },
): Promise<{ readonly currency: Currency; readonly costNano: bigint }[] | null> {
  const { start, end } = periodOfMonth(month);
  const org = ctx.organization.id;
  const since = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM import WHERE organization_id = ${org}::uuid AND service_provider_id = ${serviceProviderId}::uuid
      AND committed_at > ${at} AND first_day < ${end}::date AND last_day >= ${start}::date LIMIT 1`;
  if (since.length === 0) return null;
  const rows = await db.$queryRaw<{ currency: Currency; nano: string }[]>`
    WITH told AS (
      SELECT identity_id, day, key, import_id, cost_kind, currency, cost_nano FROM usage
      WHERE organization_id = ${org}::uuid AND day >= ${start}::date AND day < ${end}::date
      UNION ALL
      SELECT identity_id, day, key, import_id, cost_kind, currency, cost_nano FROM replaced_usage
      WHERE organization_id = ${org}::uuid AND day >= ${start}::date AND day < ${end}::date
    ), known AS (
      SELECT DISTINCT ON (t.identity_id, t.day, t.key) t.currency, t.cost_nano
      FROM told t
      JOIN import i ON i.organization_id = ${org}::uuid AND i.id = t.import_id AND i.committed_at <= ${at}
      JOIN identity d ON d.organization_id = ${org}::uuid AND d.id = t.identity_id
      WHERE d.service_provider_id = ${serviceProviderId}::uuid AND t.cost_kind = 'metered'
      ORDER BY t.identity_id, t.day, t.key, i.sequence DESC
    )
    SELECT currency, coalesce(sum(cost_nano), 0)::text AS nano FROM known GROUP BY 1`;
  return rows.map(({ currency, nano }) => ({ currency, costNano: BigInt(nano) }));
}

/** The published prices of plans, by billing interval. */
export async function findPublishedPrices(
  db: Db,
  ctx: Ctx,
  planIds: readonly string[],
): Promise<(PublishedPrice & { readonly billingInterval: string })[]> {
  if (planIds.length === 0) return [];
  return await db.$queryRaw`
    SELECT plan_id AS "planId", starts_on::text AS "startsOn", billing_interval::text AS "billingInterval",
           unit_price_minor::float AS "unitPriceMinor", currency
    FROM plan_price WHERE organization_id = ${ctx.organization.id}::uuid AND plan_id = ANY(${planIds}::uuid[])
    ORDER BY starts_on`;
}

/** What plans and API accounts are called. */
export async function findContractNames(db: Db, ctx: Ctx): Promise<Map<string, string>> {
  const where = { organizationId: ctx.organization.id };
  const plans = await db.plan.findMany({ where, select: { id: true, name: true } });
  const accounts = await db.apiAccount.findMany({ where, select: { id: true, name: true } });
  return new Map([...plans, ...accounts].map(({ id, name }) => [id, name]));
}
