import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditProviders, findCreditScopes } from "@/lib/books/credits-data";
import { findUsedScopes, type MeteredScope } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import { addDays, addMonths, type CalendarDate } from "@/lib/domain/calendar-date";
import { firstDayOf, type Month, monthOf, periodOfMonth } from "@/lib/domain/month";
import {
  type ForecastTouched,
  findChargedAccounts,
  findProviders as findForecastProviders,
} from "@/lib/forecast/touched-data";
import type { Affected } from "@/lib/ledger/data";

/** The metered use whose estimates, or whose part in splitting an invoice, a change can alter. */
export async function findAffectedUsage(db: Db, ctx: Ctx, affected: Affected): Promise<MeteredScope[]> {
  const { invoiceIds = [], apiAccountIds = [], memberIds = [], rates = [] } = affected;
  const { usage = [], coveredDays = [] } = affected;
  const charged = invoiceIds.length > 0 ? await findChargedScopes(db, ctx, invoiceIds) : [];
  const providers = await findProviders(db, ctx, { apiAccountIds, memberIds });
  const whole = providers.length > 0 ? await findUsedScopes(db, ctx, providers) : [];
  const credited = await findCreditProviders(db, ctx, {
    invoiceIds,
    currencies: rates.map(({ from }) => from),
  });
  const touched = [
    ...usage,
    ...coveredDays,
    ...charged,
    ...whole,
    ...(await findScopesOfRates(db, ctx, rates)),
  ];
  // What credit pays for on one day depends on all the days before; what expires of it needs no use at all.
  const ids = [...touched.map(({ serviceProviderId }) => serviceProviderId), ...providers, ...credited];
  return [...touched, ...(await findCreditScopes(db, ctx, [...new Set(ids)]))];
}

/**
 * Whose forecast a change can alter. What is used, whose it is, and what it converts to concerns all accounts of a provider,
 * for how far its use is known is one day for all of them; an invoice concerns those that it charges, or all if it bought
 * their credit.
 */
export async function findTouchedForecasts(
  db: Db,
  ctx: Ctx,
  affected: Affected,
): Promise<Pick<ForecastTouched, "providers" | "charged">> {
  const {
    invoiceIds = [],
    apiAccountIds = [],
    memberIds = [],
    rates = [],
    usage = [],
    charged = [],
  } = affected;
  const providers = [
    ...usage.map(({ serviceProviderId }) => serviceProviderId),
    ...(await findProviders(db, ctx, { apiAccountIds, memberIds })),
    ...(rates.length > 0 ? await findForecastProviders(db, ctx, "foreign") : []),
    ...(await findCreditProviders(db, ctx, { invoiceIds, currencies: [] })),
  ];
  return {
    providers: [...new Set(providers)].sort(),
    charged: [...charged, ...(await findChargedAccounts(db, ctx, invoiceIds))],
  };
}

/** Estimates are made for whole months. */
export function wholeMonths(scopes: readonly MeteredScope[]): MeteredScope[] {
  return scopes.map(({ serviceProviderId, days }) => ({
    serviceProviderId,
    days: {
      start: firstDayOf(monthOf(days.start)),
      end: addMonths(firstDayOf(monthOf(addDays(days.end, -1))), 1),
    },
  }));
}

type Row = { serviceProviderId: string; start: CalendarDate; end: CalendarDate };

const toScope = ({ serviceProviderId, start, end }: Row): MeteredScope => ({
  serviceProviderId,
  days: { start, end },
});

/** The days that these invoices' metered charges cover now, and covered when they were last posted. */
export async function findChargedScopes(
  db: Db,
  ctx: Ctx,
  invoiceIds: readonly string[],
): Promise<MeteredScope[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT provider AS "serviceProviderId", min(first_day)::text AS start, max(end_day)::text AS end
    FROM (
      SELECT i.service_provider_id AS provider,
        coalesce(c.charge_period_start, date_trunc('month', i.issue_date)::date) AS first_day,
        coalesce(c.charge_period_end, (date_trunc('month', i.issue_date) + interval '1 month')::date) AS end_day
      FROM charge c JOIN invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
      WHERE c.organization_id = ${ctx.organization.id}::uuid AND i.id = ANY(${invoiceIds}::uuid[])
        AND c.charge_category = 'usage' AND c.subscription_id IS NULL
      UNION ALL
      SELECT service_provider_id, charge_period_start, charge_period_end FROM ledger_entry
      WHERE organization_id = ${ctx.organization.id}::uuid AND invoice_id = ANY(${invoiceIds}::uuid[])
        AND charge_category = 'usage' AND subscription_id IS NULL
    ) charged
    WHERE EXISTS (SELECT FROM usage_day u WHERE u.organization_id = ${ctx.organization.id}::uuid
                  AND u.service_provider_id = provider AND u.cost_kind = 'metered')
    GROUP BY 1`;
  return rows.map(toScope);
}

/** The months for which use was estimated once, also if it was all taken back since. */
export async function findEstimatedScopes(db: Db, ctx: Ctx): Promise<MeteredScope[]> {
  const rows = await db.$queryRaw<{ serviceProviderId: string; first: Month; last: Month }[]>`
    SELECT service_provider_id AS "serviceProviderId", min(coalesce(correction_of, month)) AS first,
           max(coalesce(correction_of, month)) AS last
    FROM ledger_entry WHERE organization_id = ${ctx.organization.id}::uuid AND state = 'estimated' AND subscription_id IS NULL
    GROUP BY 1`;
  return rows.map(({ serviceProviderId, first, last }) => ({
    serviceProviderId,
    days: { start: firstDayOf(first), end: periodOfMonth(last).end },
  }));
}

/** The providers of these accounts, and those that these members used or bear the use of. */
async function findProviders(
  db: Db,
  ctx: Ctx,
  { apiAccountIds, memberIds }: { apiAccountIds: readonly string[]; memberIds: readonly string[] },
): Promise<string[]> {
  if (apiAccountIds.length + memberIds.length === 0) return [];
  const org = ctx.organization.id;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT service_provider_id AS id FROM api_account WHERE organization_id = ${org}::uuid AND id = ANY(${apiAccountIds}::uuid[])
    UNION
    SELECT service_provider_id FROM usage_day WHERE organization_id = ${org}::uuid AND member_id = ANY(${memberIds}::uuid[])
      AND cost_kind = 'metered'
    UNION
    SELECT a.service_provider_id FROM api_account a
    JOIN classification c ON c.organization_id = a.organization_id AND c.api_account_id = a.id
    JOIN classification_share s ON s.organization_id = c.organization_id AND s.classification_id = c.id
    WHERE a.organization_id = ${org}::uuid AND s.member_id = ANY(${memberIds}::uuid[])`;
  return rows.map(({ id }) => id);
}

/** An estimate takes a rate of the last week before its month ends. */
async function findScopesOfRates(
  db: Db,
  ctx: Ctx,
  rates: NonNullable<Affected["rates"]>,
): Promise<MeteredScope[]> {
  if (rates.length === 0) return [];
  const rows = await db.$queryRaw<Row[]>`
    SELECT service_provider_id AS "serviceProviderId", min(rate.day)::text AS start, max(rate.day + 8)::text AS end
    FROM usage_day u
    JOIN unnest(${rates.map(({ from }) => from)}::text[], ${rates.map(({ date }) => date)}::date[]) AS rate (currency, day)
      ON u.currency = rate.currency
    WHERE u.organization_id = ${ctx.organization.id}::uuid AND u.cost_kind = 'metered'
    GROUP BY 1`;
  return rows.map(toScope);
}
