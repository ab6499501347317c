import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findUsedScopes, type MeteredScope } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { addDays } from "@/lib/domain/calendar-date";
import { buysCredit, type SeatUse } from "@/lib/domain/credit-grant";
import type { ChargeCategory, CreditGrant, Invoice } from "@/lib/domain/facts";
import { firstDayOf, monthOf, shiftMonth } from "@/lib/domain/month";

type GrantRow = Omit<CreditGrant, "amountMinor" | "chargeId"> & {
  readonly amountMinor: string;
  readonly chargeId: string | null;
  readonly chargeCategory: ChargeCategory | null;
  readonly chargeSubscriptionId: string | null;
  readonly outOfScope: boolean | null;
};

/**
 * The grants of these providers that are not voided. One whose invoice was voided, or whose line there is no purchase of
 * credit any more, is as one whose invoice is not in the books.
 */
export async function loadCreditGrants(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[],
): Promise<CreditGrant[]> {
  if (serviceProviderIds.length === 0) return [];
  const rows = await db.$queryRaw<GrantRow[]>`
    SELECT g.id, g.kind::text, g.service_provider_id AS "serviceProviderId", g.amount_minor::text AS "amountMinor", g.currency,
           g.api_account_id AS "apiAccountId", g.subscription_id AS "subscriptionId", g.pooled,
           g.starts_on::text AS "startsOn", g.expires_on::text AS "expiresOn", c.id AS "chargeId",
           c.charge_category::text AS "chargeCategory", c.subscription_id AS "chargeSubscriptionId",
           c.out_of_scope AS "outOfScope"
    FROM credit_grant g
    LEFT JOIN invoice i ON i.organization_id = g.organization_id AND i.id = g.invoice_id AND i.voided_at IS NULL
      AND i.service_provider_id = g.service_provider_id
    LEFT JOIN charge c ON c.organization_id = i.organization_id AND c.invoice_id = i.id AND c.position = g.charge_position
    WHERE g.organization_id = ${ctx.organization.id}::uuid AND g.service_provider_id = ANY(${serviceProviderIds}::uuid[])
      AND g.voided_at IS NULL
    ORDER BY g.id`;
  return rows.map(({ chargeId, chargeCategory, chargeSubscriptionId, outOfScope, amountMinor, ...grant }) => {
    const bought =
      chargeCategory !== null &&
      outOfScope !== null &&
      buysCredit({ chargeCategory, subscriptionId: chargeSubscriptionId, outOfScope });
    return { ...grant, amountMinor: Number(amountMinor), chargeId: bought ? chargeId : null };
  });
}

/**
 * The days on which credit of these providers can have paid for use, or expired: what is drawn on a day depends on
 * everything that was used before. Without ids, of each provider with credit.
 */
export async function findCreditScopes(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[] | null,
): Promise<MeteredScope[]> {
  if (serviceProviderIds?.length === 0) return [];
  const rows = await db.$queryRaw<{ serviceProviderId: string; start: CalendarDate; end: CalendarDate }[]>`
    SELECT service_provider_id AS "serviceProviderId", min(starts_on)::text AS start,
           max(greatest(coalesce(expires_on, starts_on), starts_on + 1))::text AS end
    FROM credit_grant
    WHERE organization_id = ${ctx.organization.id}::uuid AND voided_at IS NULL AND kind <> 'allowance'
      AND (${serviceProviderIds === null} OR service_provider_id = ANY(${serviceProviderIds ?? []}::uuid[]))
    GROUP BY 1`;
  if (rows.length === 0) return [];
  const used = await findUsedScopes(
    db,
    ctx,
    rows.map(({ serviceProviderId }) => serviceProviderId),
  );
  return [
    ...rows.map(({ serviceProviderId, start, end }) => ({ serviceProviderId, days: { start, end } })),
    ...used,
  ];
}

/** The providers whose credit these invoices bought, or is in these currencies. */
export async function findCreditProviders(
  db: Db,
  ctx: Ctx,
  { invoiceIds, currencies }: { invoiceIds: readonly string[]; currencies: readonly string[] },
): Promise<string[]> {
  if (invoiceIds.length + currencies.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT service_provider_id AS id FROM credit_grant
    WHERE organization_id = ${ctx.organization.id}::uuid AND voided_at IS NULL AND kind <> 'allowance'
      AND (invoice_id = ANY(${invoiceIds}::uuid[]) OR currency = ANY(${currencies}::text[]))`;
  return rows.map(({ id }) => id);
}

/** The invoices that bought credit of these providers; without ids, of any. */
export async function findCreditInvoices(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[] | null,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT invoice_id AS id FROM credit_grant
    WHERE organization_id = ${ctx.organization.id}::uuid AND voided_at IS NULL AND invoice_id IS NOT NULL
      AND (${serviceProviderIds === null} OR service_provider_id = ANY(${serviceProviderIds ?? []}::uuid[]))`;
  return rows.map(({ id }) => id);
}

/** What members used with their seats in the months of usage charges on contracts that include an allowance. */
export async function loadSeatUse(
  db: Db,
  ctx: Ctx,
  invoices: readonly Invoice[],
  grants: readonly CreditGrant[],
): Promise<SeatUse[]> {
  const including = new Set(grants.flatMap(({ subscriptionId }) => subscriptionId ?? []));
  const scopes = invoices.flatMap(({ serviceProviderId, issueDate, charges }) =>
    charges
      .filter(
        ({ chargeCategory, subscriptionId }) =>
          chargeCategory === "usage" && including.has(subscriptionId ?? ""),
      )
      .map(({ chargePeriod }) => {
        const { start, end } = chargePeriod ?? { start: issueDate, end: addDays(issueDate, 1) };
        const days = {
          start: firstDayOf(monthOf(start)),
          end: firstDayOf(shiftMonth(monthOf(addDays(end, -1)), 1)),
        };
        return { serviceProviderId, days };
      }),
  );
  return await findSeatUse(db, ctx, scopes);
}

/** What members used with their seats on these days, within what they include and beyond it. */
export async function findSeatUse(db: Db, ctx: Ctx, scopes: readonly MeteredScope[]): Promise<SeatUse[]> {
  if (scopes.length === 0) return [];
  const rows = await db.$queryRaw<(Omit<SeatUse, "costNano"> & { costNano: string })[]>`
    SELECT day::text, service_provider_id AS "serviceProviderId", NULL AS "apiAccountId", member_id AS "memberId",
           currency, cost_kind = 'on_top' AS "onTop", sum(cost_nano)::text AS "costNano"
    FROM usage_day u
    WHERE organization_id = ${ctx.organization.id}::uuid AND cost_kind <> 'metered' AND cost_nano <> 0 AND EXISTS (
      SELECT FROM unnest(${scopes.map(({ serviceProviderId }) => serviceProviderId)}::uuid[],
                         ${scopes.map(({ days }) => days.start)}::date[], ${scopes.map(({ days }) => days.end)}::date[])
        AS scope (provider, first_day, end_day)
      WHERE u.service_provider_id = provider AND day >= first_day AND day < end_day)
    GROUP BY 1, 2, 4, 5, 6
    ORDER BY 2, 4, 1, 5, 6`;
  return rows.map((row) => ({ ...row, costNano: BigInt(row.costNano) }));
}
