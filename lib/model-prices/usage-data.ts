import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { ServiceTier, TokenCounts } from "@/lib/domain/usage";
import { Prisma } from "@/prisma/generated/client";

type Scope = { readonly organization: Pick<Ctx["organization"], "id"> };

/** Which row of usage it is, within its organization. */
export type UsageKey = { readonly identityId: string; readonly day: CalendarDate; readonly key: string };

export type UnpricedUsage = UsageKey & {
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly tokens: TokenCounts;
};

type Raw = Omit<UnpricedUsage, "tokens"> & Readonly<Record<keyof TokenCounts, string>>;

/** Rows of a provider's usage whose price is unknown, of these models, by their keys. */
export async function findUnpriced(
  db: Db,
  { organization }: Scope,
  {
    serviceProviderId,
    models,
    after,
    limit,
  }: {
    serviceProviderId: string;
    models: readonly string[];
    after: UsageKey | null;
    limit: number;
  },
): Promise<UnpricedUsage[]> {
  const rows = await db.$queryRaw<Raw[]>`
    SELECT u.identity_id AS "identityId", u.day::text, u.key::text, u.model, u.service_tier::text AS "serviceTier",
      u.uncached_input::text AS "uncachedInput", u.cache_read::text AS "cacheRead", u.cache_write_5m::text AS "cacheWrite5m",
      u.cache_write_1h::text AS "cacheWrite1h", u.output::text AS output
    FROM usage u
    JOIN identity i ON i.organization_id = u.organization_id AND i.id = u.identity_id
    WHERE u.organization_id = ${organization.id}::uuid AND i.service_provider_id = ${serviceProviderId}::uuid
      AND u.cost_nano IS NULL AND u.model = ANY(${models}::text[])
      ${after === null ? Prisma.empty : Prisma.sql`AND (u.identity_id, u.day, u.key) > (${after.identityId}::uuid, ${after.day}::date, ${after.key}::bigint)`}
    ORDER BY u.identity_id, u.day, u.key LIMIT ${limit}`;
  return rows.map(({ uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, output, ...row }) => ({
    ...row,
    tokens: {
      uncachedInput: Number(uncachedInput),
      cacheRead: Number(cacheRead),
      cacheWrite5m: Number(cacheWrite5m),
      cacheWrite1h: Number(cacheWrite1h),
      output: Number(output),
    },
  }));
}

export type PricedUsage = UsageKey & { readonly nano: bigint; readonly currency: string };

/** Gives rows of usage their costs, in one statement. */
export async function saveCosts(
  db: Db,
  { organization }: Scope,
  rows: readonly PricedUsage[],
): Promise<void> {
  const records = rows.map(({ identityId, day, key, nano, currency }) => ({
    identity_id: identityId,
    day,
    // As text: neither fits into a number of JSON.
    key,
    cost_nano: String(nano),
    currency,
  }));
  await db.$executeRaw`
    UPDATE usage u SET cost_nano = r.cost_nano, currency = r.currency
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      AS r (identity_id uuid, day date, key bigint, cost_nano bigint, currency text)
    WHERE u.organization_id = ${organization.id}::uuid
      AND u.identity_id = r.identity_id AND u.day = r.day AND u.key = r.key`;
}
