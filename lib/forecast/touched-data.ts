import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

const { sql } = Prisma;

/** Whose forecast is made anew. */
export type ForecastOf = {
  readonly subscriptionIds: readonly string[];
  /** Providers with all of their accounts, and with what nobody has matched to one. */
  readonly serviceProviderIds: readonly string[];
  readonly apiAccountIds: readonly string[];
  /** Providers of which only what nobody has matched is. */
  readonly unmatchedOf: readonly string[];
};

/** An account on which an invoice charges use, or none of its provider's. */
export type ChargedAccount = { readonly serviceProviderId: string; readonly apiAccountId: string | null };

/** What a change of facts touches. */
export type ForecastTouched = {
  readonly subscriptionIds: readonly string[];
  /** Whose accounts all are: on a new day those of everyone. */
  readonly providers: "all" | readonly string[];
  /** The accounts on which invoices charged or charge use. */
  readonly charged: readonly ChargedAccount[];
};

export function isNobody({ subscriptionIds, serviceProviderIds, ...of }: ForecastOf): boolean {
  const all = [subscriptionIds, serviceProviderIds, of.apiAccountIds, of.unmatchedOf];
  return all.every((ids) => ids.length === 0);
}

/** The rows of whoever's forecast is made anew, in a table that says a contract, a provider and an account. */
export const rowsOf = (
  ctx: Ctx,
  of: ForecastOf,
): Prisma.Sql => sql`organization_id = ${ctx.organization.id}::uuid
  AND (subscription_id = ANY(${of.subscriptionIds}::uuid[]) OR (subscription_id IS NULL AND ${ofAccounts(of)}))`;

/** The same of use, which no contract has. */
export const ofAccounts = (of: ForecastOf): Prisma.Sql => sql`(
  service_provider_id = ANY(${of.serviceProviderIds}::uuid[]) OR api_account_id = ANY(${of.apiAccountIds}::uuid[])
  OR (api_account_id IS NULL AND service_provider_id = ANY(${of.unmatchedOf}::uuid[])))`;

/** The accounts on which these invoices charge use, also those that are voided. */
export async function findChargedAccounts(
  db: Db,
  ctx: Ctx,
  invoiceIds: readonly string[],
): Promise<ChargedAccount[]> {
  if (invoiceIds.length === 0) return [];
  return await db.$queryRaw<ChargedAccount[]>`
    SELECT DISTINCT i.service_provider_id AS "serviceProviderId", c.api_account_id AS "apiAccountId"
    FROM charge c JOIN invoice i ON i.organization_id = c.organization_id AND i.id = c.invoice_id
    WHERE c.organization_id = ${ctx.organization.id}::uuid AND c.invoice_id = ANY(${invoiceIds}::uuid[])
      AND c.charge_category = 'usage' AND c.subscription_id IS NULL`;
}

/**
 * Whose forecast charges on these accounts can change: theirs and that of the accounts below them, whose days they cover.
 * A charge on none of a provider's accounts, or on one that is below no other, covers what nobody has matched.
 */
export async function findCoveredAccounts(
  db: Db,
  ctx: Ctx,
  charged: readonly ChargedAccount[],
): Promise<Pick<ForecastOf, "apiAccountIds" | "unmatchedOf">> {
  if (charged.length === 0) return { apiAccountIds: [], unmatchedOf: [] };
  const org = ctx.organization.id;
  const ids = charged.flatMap(({ apiAccountId }) => apiAccountId ?? []);
  const rows = await db.$queryRaw<{ id: string; providerOfRoot: string | null }[]>`
    WITH RECURSIVE covered AS (
      SELECT id, parent_id, service_provider_id FROM api_account
      WHERE organization_id = ${org}::uuid AND id = ANY(${ids}::uuid[])
      UNION
      SELECT child.id, child.parent_id, child.service_provider_id
      FROM api_account child JOIN covered ON child.parent_id = covered.id WHERE child.organization_id = ${org}::uuid
    )
    SELECT id, CASE WHEN parent_id IS NULL THEN service_provider_id END AS "providerOfRoot" FROM covered ORDER BY id`;
  const onNone = charged.filter(({ apiAccountId }) => apiAccountId === null);
  const unmatchedOf = [
    ...rows.flatMap(({ providerOfRoot }) => providerOfRoot ?? []),
    ...onNone.map(({ serviceProviderId }) => serviceProviderId),
  ];
  return { apiAccountIds: rows.map(({ id }) => id), unmatchedOf: [...new Set(unmatchedOf)].sort() };
}

/** All providers, or those with use in another currency than the books': a rate changes what is expected of them. */
export async function findProviders(db: Db, ctx: Ctx, which: "all" | "foreign"): Promise<string[]> {
  const { id, baseCurrency } = ctx.organization;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM service_provider p WHERE organization_id = ${id}::uuid AND (${which === "all"} OR EXISTS (
      SELECT FROM metered_forecast f WHERE f.organization_id = p.organization_id AND f.service_provider_id = p.id
        AND currency <> ${baseCurrency}))
    ORDER BY id`;
  return rows.map((row) => row.id);
}

/** Which of these providers have credit that pays for metered use. */
export async function findCredited(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[],
): Promise<string[]> {
  if (serviceProviderIds.length === 0) return [];
  const rows = await db.creditGrant.groupBy({
    by: "serviceProviderId",
    where: {
      organizationId: ctx.organization.id,
      serviceProviderId: { in: [...serviceProviderIds] },
      kind: { not: "allowance" },
      voidedAt: null,
    },
  });
  return rows.map(({ serviceProviderId }) => serviceProviderId);
}
