import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadApiAccounts } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { wrongCursor } from "@/lib/db/page";
import { firstDayOf, periodOfMonth } from "@/lib/domain/month";
import { productRuns } from "@/lib/domain/product-use";
import type { Page } from "@/lib/fields/schema";
import { runsTable } from "@/lib/usage/data";
import { NONE, type UsageRow, type UsageRowFilter } from "@/lib/usage/schema";
import { seen } from "@/lib/usage/seen-data";
import { Prisma } from "@/prisma/generated/client";

type RawRow = Omit<UsageRow, "tokens" | "requests"> &
  Readonly<Record<keyof UsageRow["tokens"] | "requests" | "identityId" | "key", string>>;

/**
 * The rows behind the sums, by name and day; the cursor is the last row's key. Whose a row is says the sum of its day, so
 * that a name that changed hands shows to each the days that were theirs.
 *
 * @param showsPeople whether also the rows of other people are shown
 */
export async function findUsageRows(
  db: Db,
  ctx: Ctx,
  filter: UsageRowFilter,
  showsPeople: boolean,
): Promise<Page<UsageRow>> {
  const org = ctx.organization.id;
  const { from, to, limit, model, day: onDay } = filter;
  const [identity = null, day = null, key = null] = cursorOf(filter.cursor);
  const wanted = Prisma.join(await conditions(db, ctx, filter), " AND ");
  const others = showsPeople
    ? Prisma.empty
    : Prisma.sql`AND (u.member_id = ${ctx.actor.memberId}::uuid
        OR (u.member_id IS NULL AND i.kind NOT IN ('email', 'user', 'device')))`;
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
    WHERE r.organization_id = ${org}::uuid AND r.day >= ${firstDayOf(from)}::date AND r.day < ${periodOfMonth(to).end}::date
      AND EXISTS (SELECT FROM usage_day u WHERE u.organization_id = ${org}::uuid AND u.identity_id = r.identity_id
        AND u.day = r.day AND u.cost_kind = r.cost_kind AND u.currency = r.currency AND ${seen(ctx)} AND ${wanted} ${others})
      ${model === undefined ? Prisma.empty : Prisma.sql`AND r.model = ${model}`}
      ${onDay === undefined ? Prisma.empty : Prisma.sql`AND r.day = ${onDay}::date`}
      ${identity === null ? Prisma.empty : Prisma.sql`AND (r.identity_id, r.day, r.key) > (${identity}::uuid, ${day}::date, ${key}::bigint)`}
    ORDER BY r.identity_id, r.day, r.key LIMIT ${limit + 1}`;
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    data: rows.slice(0, limit).map(toRow),
    nextCursor: last ? [last.identityId, last.day, last.key].join("_") : null,
  };
}

async function conditions(db: Db, ctx: Ctx, filter: UsageRowFilter): Promise<Prisma.Sql[]> {
  const { memberId, apiAccountId, serviceProviderId, productId } = filter;
  return [
    Prisma.sql`true`,
    ...is(Prisma.sql`u.member_id`, memberId),
    ...is(Prisma.sql`u.api_account_id`, apiAccountId),
    ...is(Prisma.sql`u.service_provider_id`, serviceProviderId),
    ...(productId === undefined ? [] : [await ofProduct(db, ctx, filter, productId)]),
  ];
}

function is(column: Prisma.Sql, id: string | undefined): Prisma.Sql[] {
  if (id === undefined) return [];
  return [id === NONE ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${id}::uuid`];
}

/** Of accounts that count for the product on that day, if only with a share. */
async function ofProduct(db: Db, ctx: Ctx, { from, to }: UsageRowFilter, productId: string) {
  const days = { start: firstDayOf(from), end: periodOfMonth(to).end };
  const wanted = productId === NONE ? null : productId;
  const runs = productRuns(await loadApiAccounts(db, ctx), days).filter(({ shares }) =>
    shares.some((share) => share.productId === wanted && share.basisPoints > 0),
  );
  const counts = Prisma.sql`EXISTS (SELECT FROM ${runsTable(runs)} s
    WHERE s.api_account_id = u.api_account_id AND u.day >= s.starts_on AND u.day < s.ends_on)`;
  return wanted === null ? Prisma.sql`(u.api_account_id IS NULL OR ${counts})` : counts;
}

function cursorOf(cursor: string | undefined): string[] {
  if (cursor === undefined) return [];
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_\d{4}-\d{2}-\d{2}_-?\d{1,19}$/.test(cursor))
    throw wrongCursor();
  return cursor.split("_");
}

function toRow({ identityId: _, key: __, ...row }: RawRow): UsageRow {
  const { uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, output, requests, ...rest } = row;
  return {
    ...rest,
    tokens: {
      uncachedInput: Number(uncachedInput),
      cacheRead: Number(cacheRead),
      cacheWrite5m: Number(cacheWrite5m),
      cacheWrite1h: Number(cacheWrite1h),
      output: Number(output),
    },
    requests: Number(requests),
  };
}
