import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { wrongCursor } from "@/lib/db/page";
import type { Page } from "@/lib/fields/schema";
import type {
  UsageCost,
  UsageFilter,
  UsageGroup,
  UsageRow,
  UsageRowFilter,
  UsageRowGroup,
} from "@/lib/usage/schema";
import { Prisma } from "@/prisma/generated/client";

/** Which rows of use the actor may see: their own, those of the people they lead, and accounts as far as they may. */
function seen(ctx: Ctx): Prisma.Sql {
  const rows = visibility(ctx);
  if (rows.all) return Prisma.sql`true`;
  const own = Prisma.sql`u.member_id = ${rows.memberId}::uuid`;
  if (rows.teamIds.length === 0) return own;
  return Prisma.sql`(${own} OR (u.member_id IS NULL AND u.cost_kind = 'metered') OR u.member_id IN (
    SELECT member_id FROM team_membership WHERE organization_id = ${ctx.organization.id}::uuid
      AND team_id = ANY(${rows.teamIds}::uuid[]) AND starts_on <= ${ctx.now}::date AND (ends_on IS NULL OR ends_on > ${ctx.now}::date)))`;
}

const KEYS: Readonly<Record<Exclude<UsageGroup, "day">, { id: Prisma.Sql; name: Prisma.Sql }>> = {
  member: { id: Prisma.sql`u.member_id::text`, name: Prisma.sql`m.name` },
  model: { id: Prisma.sql`u.model::text`, name: Prisma.sql`u.model::text` },
  service_provider: { id: Prisma.sql`u.service_provider_id::text`, name: Prisma.sql`p.name` },
  api_account: { id: Prisma.sql`u.api_account_id::text`, name: Prisma.sql`a.name` },
};

type SumRow = {
  id: string | null;
  name: string | null;
  costKind: UsageCost["costKind"];
  currency: string;
  uncachedInput: string;
  cacheRead: string;
  cacheWrite5m: string;
  cacheWrite1h: string;
  output: string;
  requests: string;
  cost: string;
  unpriced: string;
};

/** Sums of use by what is asked for, from the sums by month (by day, from those by day). */
export async function sumUsage(
  db: Db,
  ctx: Ctx,
  { from, to, groupBy }: UsageFilter,
): Promise<UsageRowGroup[]> {
  const org = ctx.organization.id;
  if (groupBy === "day") return await sumDays(db, ctx, { from, to });
  const { id, name } = KEYS[groupBy];
  const rows = await db.$queryRaw<SumRow[]>`
    SELECT ${id} AS id, ${name} AS name, u.cost_kind::text AS "costKind", u.currency,
      sum(u.uncached_input)::text AS "uncachedInput", sum(u.cache_read)::text AS "cacheRead",
      sum(u.cache_write_5m)::text AS "cacheWrite5m", sum(u.cache_write_1h)::text AS "cacheWrite1h",
      sum(u.output)::text AS output, sum(u.requests)::text AS requests,
      trim_scale(sum(u.cost_nano) / 1000000000)::text AS cost, sum(u.unpriced_tokens)::text AS unpriced
    FROM usage_month u
    LEFT JOIN member m ON m.organization_id = u.organization_id AND m.id = u.member_id
    LEFT JOIN service_provider p ON p.organization_id = u.organization_id AND p.id = u.service_provider_id
    LEFT JOIN api_account a ON a.organization_id = u.organization_id AND a.id = u.api_account_id
    WHERE u.organization_id = ${org}::uuid AND u.month BETWEEN ${from} AND ${to} AND ${seen(ctx)}
    GROUP BY 1, 2, 3, 4 ORDER BY sum(u.cost_nano) DESC, 1`;
  return grouped(rows);
}

async function sumDays(
  db: Db,
  ctx: Ctx,
  { from, to }: { from: string; to: string },
): Promise<UsageRowGroup[]> {
  const rows = await db.$queryRaw<SumRow[]>`
    SELECT u.day::text AS id, u.day::text AS name, u.cost_kind::text AS "costKind", u.currency,
      sum(u.tokens)::text AS "uncachedInput", '0' AS "cacheRead", '0' AS "cacheWrite5m", '0' AS "cacheWrite1h", '0' AS output,
      sum(u.requests)::text AS requests, trim_scale(sum(u.cost_nano) / 1000000000)::text AS cost, '0' AS unpriced
    FROM usage_day u
    WHERE u.organization_id = ${ctx.organization.id}::uuid AND u.day >= ${`${from}-01`}::date
      AND u.day < (${`${to}-01`}::date + interval '1 month') AND ${seen(ctx)}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 4`;
  return grouped(rows);
}

function grouped(rows: readonly SumRow[]): UsageRowGroup[] {
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, of]) => {
    const sum = (value: (row: SumRow) => string) => of.reduce((total, row) => total + Number(value(row)), 0);
    return {
      group: id === null ? null : { id, name: of[0]?.name ?? id },
      tokens: {
        uncachedInput: sum((row) => row.uncachedInput),
        cacheRead: sum((row) => row.cacheRead),
        cacheWrite5m: sum((row) => row.cacheWrite5m),
        cacheWrite1h: sum((row) => row.cacheWrite1h),
        output: sum((row) => row.output),
      },
      requests: sum((row) => row.requests),
      costs: of.map(({ costKind, currency, cost }) => ({ costKind, currency, cost })),
      unpricedTokens: sum((row) => row.unpriced),
    };
  });
}

type RawRow = Omit<UsageRow, "tokens" | "requests"> & SumRow & { identityId: string; key: string };

/** The rows behind the sums, by name and day; the cursor is the last row's key. */
export async function findUsageRows(db: Db, ctx: Ctx, filter: UsageRowFilter): Promise<Page<UsageRow>> {
  const org = ctx.organization.id;
  const { from, to, limit, memberId, apiAccountId, serviceProviderId, model } = filter;
  const [identity = null, day = null, key = null] = cursorOf(filter.cursor);
  const rows = await db.$queryRaw<RawRow[]>`
    SELECT r.identity_id AS "identityId", r.day::text, r.key::text, p.name AS "serviceProvider",
      CASE WHEN i.kind IN ('email', 'user', 'device') THEN '' ELSE i.name END AS identity, r.model,
      r.service_tier::text AS "serviceTier", r.cost_kind::text AS "costKind", r.uncached_input::text AS "uncachedInput",
      r.cache_read::text AS "cacheRead", r.cache_write_5m::text AS "cacheWrite5m", r.cache_write_1h::text AS "cacheWrite1h",
      r.output::text AS output, r.requests::text AS requests, trim_scale(r.cost_nano / 1000000000.0)::text AS cost, r.currency,
      r.spread_days AS "spreadDays", r.import_id AS "importId"
    FROM usage r
    JOIN identity i ON i.organization_id = r.organization_id AND i.id = r.identity_id
    JOIN service_provider p ON p.organization_id = i.organization_id AND p.id = i.service_provider_id
    WHERE r.organization_id = ${org}::uuid AND r.day >= ${`${from}-01`}::date AND r.day < (${`${to}-01`}::date + interval '1 month')
      AND r.identity_id IN (
        SELECT u.identity_id FROM usage_month u WHERE u.organization_id = ${org}::uuid AND u.month BETWEEN ${from} AND ${to}
          AND ${seen(ctx)}
          ${memberId ? Prisma.sql`AND u.member_id = ${memberId}::uuid` : Prisma.empty}
          ${apiAccountId ? Prisma.sql`AND u.api_account_id = ${apiAccountId}::uuid` : Prisma.empty}
          ${serviceProviderId ? Prisma.sql`AND u.service_provider_id = ${serviceProviderId}::uuid` : Prisma.empty})
      ${model === undefined ? Prisma.empty : Prisma.sql`AND r.model = ${model}`}
      ${identity === null ? Prisma.empty : Prisma.sql`AND (r.identity_id, r.day, r.key) > (${identity}::uuid, ${day}::date, ${key}::bigint)`}
    ORDER BY r.identity_id, r.day, r.key LIMIT ${limit + 1}`;
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    data: rows.slice(0, limit).map(toRow),
    nextCursor: last ? [last.identityId, last.day, last.key].join("_") : null,
  };
}

function cursorOf(cursor: string | undefined): string[] {
  if (cursor === undefined) return [];
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_\d{4}-\d{2}-\d{2}_-?\d{1,19}$/.test(cursor))
    throw wrongCursor();
  return cursor.split("_");
}

function toRow(row: RawRow): UsageRow {
  const {
    day,
    serviceProvider,
    identity,
    model,
    serviceTier,
    costKind,
    cost,
    currency,
    spreadDays,
    importId,
  } = row;
  return {
    day,
    serviceProvider,
    identity,
    model,
    serviceTier,
    costKind,
    tokens: {
      uncachedInput: Number(row.uncachedInput),
      cacheRead: Number(row.cacheRead),
      cacheWrite5m: Number(row.cacheWrite5m),
      cacheWrite1h: Number(row.cacheWrite1h),
      output: Number(row.output),
    },
    requests: Number(row.requests),
    cost,
    currency,
    spreadDays,
    importId,
  };
}

/** Whether, and how, use is shown by person. */
export async function findPersonAnalysis(db: Db, ctx: Ctx) {
  return await db.organization.findUniqueOrThrow({
    where: { id: ctx.organization.id },
    select: { personAnalysis: true, minimumGroupSize: true },
  });
}
