import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { addDays, type CalendarDate, DATE_MIN } from "@/lib/domain/calendar-date";
import type { Invoice } from "@/lib/domain/facts";
import type { MeteredCharge, MeteredDay } from "@/lib/domain/metered";
import { monthOf, periodOfMonth } from "@/lib/domain/month";
import type { Period } from "@/lib/domain/period";

/** A provider's metered use in a run of days. */
export type MeteredScope = { readonly serviceProviderId: string; readonly days: Period };

/** The use that may split these invoices' charges on API accounts: one run of days for each provider. */
export function scopesOfCharges(invoices: readonly Invoice[]): MeteredScope[] {
  return invoices.flatMap(({ serviceProviderId, issueDate, charges }) =>
    charges
      .filter(({ apiAccountId }) => apiAccountId !== null)
      .map(({ chargePeriod }) => ({
        serviceProviderId,
        days: chargePeriod ?? periodOfMonth(monthOf(issueDate)),
      })),
  );
}

/** One scope a provider that holds all of its scopes. */
export function joinScopes(scopes: readonly MeteredScope[]): MeteredScope[] {
  const byProvider = Map.groupBy(scopes, ({ serviceProviderId }) => serviceProviderId);
  return [...byProvider].sort().map(([serviceProviderId, of]) => ({
    serviceProviderId,
    days: {
      start: of.map(({ days }) => days.start).reduce((a, b) => (a < b ? a : b)),
      end: of.map(({ days }) => days.end).reduce((a, b) => (a > b ? a : b)),
    },
  }));
}

/** What API accounts used in these scopes, in a stated order, so that odd cents always fall alike. */
export async function loadMeteredDays(
  db: Db,
  ctx: Ctx,
  scopes: readonly MeteredScope[],
): Promise<MeteredDay[]> {
  if (scopes.length === 0) return [];
  const joined = joinScopes(scopes);
  const rows = await db.$queryRaw<(Omit<MeteredDay, "costNano"> & { costNano: string })[]>`
    SELECT day::text, service_provider_id AS "serviceProviderId", api_account_id AS "apiAccountId",
           member_id AS "memberId", currency, sum(cost_nano)::text AS "costNano"
    FROM usage_day d
    JOIN unnest(${joined.map((scope) => scope.serviceProviderId)}::uuid[], ${joined.map(({ days }) => days.start)}::date[],
                ${joined.map(({ days }) => days.end)}::date[]) AS scope (provider, first_day, end_day)
      ON service_provider_id = provider AND day >= first_day AND day < end_day
    WHERE organization_id = ${ctx.organization.id}::uuid AND cost_kind = 'metered' AND cost_nano <> 0
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 2, 3 NULLS LAST, 4 NULLS LAST, 1, 5`;
  return rows.map((row) => ({ ...row, costNano: BigInt(row.costNano) }));
}

/**
 * The usage charges of these providers that cover use: on an account, or on nothing; of invoices that are not voided.
 *
 * @param after only those that cover days after this one
 */
export async function loadMeteredCharges(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[],
  after: CalendarDate = DATE_MIN,
): Promise<Map<string, MeteredCharge[]>> {
  if (serviceProviderIds.length === 0) return new Map();
  const rows = await db.$queryRaw<
    { serviceProviderId: string; apiAccountId: string | null; start: CalendarDate; end: CalendarDate }[]
  >`
    SELECT DISTINCT i.service_provider_id AS "serviceProviderId", c.api_account_id AS "apiAccountId",
      coalesce(c.charge_period_start, date_trunc('month', i.issue_date)::date)::text AS start,
      coalesce(c.charge_period_end, (date_trunc('month', i.issue_date) + interval '1 month')::date)::text AS end
    FROM charge c JOIN invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
    WHERE c.organization_id = ${ctx.organization.id}::uuid AND i.service_provider_id = ANY(${serviceProviderIds}::uuid[])
      AND i.voided_at IS NULL AND c.charge_category = 'usage' AND c.subscription_id IS NULL AND NOT c.out_of_scope
      AND coalesce(c.charge_period_end, (date_trunc('month', i.issue_date) + interval '1 month')::date) > ${after}::date`;
  const charges = rows.map(({ start, end, ...charge }) => ({ ...charge, period: { start, end } }));
  return Map.groupBy(charges, ({ serviceProviderId }) => serviceProviderId);
}

/** The days from the first to the last on which each of these providers was used; without ids, each provider that was. */
export async function findUsedScopes(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[] | null,
): Promise<MeteredScope[]> {
  const rows = await db.$queryRaw<{ serviceProviderId: string; start: CalendarDate; last: CalendarDate }[]>`
    SELECT service_provider_id AS "serviceProviderId", min(day)::text AS start, max(day)::text AS last
    FROM usage_day WHERE organization_id = ${ctx.organization.id}::uuid AND cost_kind = 'metered'
      AND (${serviceProviderIds === null} OR service_provider_id = ANY(${serviceProviderIds ?? []}::uuid[]))
    GROUP BY 1`;
  return rows.map(({ serviceProviderId, start, last }) => ({
    serviceProviderId,
    days: { start, end: addDays(last, 1) },
  }));
}
