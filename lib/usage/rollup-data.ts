import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import { addDays, type CalendarDate } from "@/lib/domain/calendar-date";
import { type IdentityMatch, matchedDays } from "@/lib/domain/identity";
import { monthOf } from "@/lib/domain/month";
import { Prisma } from "@/prisma/generated/client";

type Scope = Pick<Ctx, "organization">;

/** Names whose rows changed, or were matched to somebody else, and the days concerned. */
export type ChangedUsage = {
  readonly identityIds: readonly string[];
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
};

/** Every name by whom it means on which days, as SQL reads it. */
type Range = {
  readonly identity_id: string;
  readonly provider_id: string;
  readonly starts_on: CalendarDate;
  readonly ends_on: CalendarDate;
  readonly member_id: string | null;
  readonly api_account_id: string | null;
};

/**
 * Sums the usage of these names anew, in whole months, by month and by day. What two files tell of the same use counts
 * once: tokens of the Console are not priced on days that its cost export covers, and of the logs and reports of Claude Code
 * one kind counts in a month.
 */
export async function refreshRollups(db: Db, ctx: Scope, changed: ChangedUsage): Promise<void> {
  const { identityIds } = changed;
  if (identityIds.length === 0) return;
  const org = ctx.organization.id;
  const [from, to] = [monthOf(changed.firstDay), monthOf(changed.lastDay)];
  const days = Prisma.sql`organization_id = ${org}::uuid AND identity_id = ANY(${identityIds}::uuid[])
    AND day >= ${`${from}-01`}::date AND day < (${`${to}-01`}::date + interval '1 month')`;
  await db.$executeRaw`DELETE FROM usage_month WHERE organization_id = ${org}::uuid
    AND identity_id = ANY(${identityIds}::uuid[]) AND month BETWEEN ${from} AND ${to}`;
  await db.$executeRaw`DELETE FROM usage_day WHERE ${days}`;

  const ranges = JSON.stringify(await findRanges(db, ctx, identityIds));
  const counted = await countedUsage(db, ctx, days);
  // Summed once by day and model, and from there by month and by day: the rows themselves are read only once.
  await db.$executeRaw`
    WITH daily AS MATERIALIZED (
      SELECT u.identity_id, u.day, u.model, u.cost_kind, u.currency, sum(u.uncached_input)::bigint AS uncached_input,
        sum(u.cache_read)::bigint AS cache_read, sum(u.cache_write_5m)::bigint AS cache_write_5m,
        sum(u.cache_write_1h)::bigint AS cache_write_1h, sum(u.output)::bigint AS output, sum(u.requests)::bigint AS requests,
        coalesce(sum(u.counted_nano), 0)::bigint AS cost_nano, sum(u.unpriced_tokens)::bigint AS unpriced_tokens,
        min(u.spread_days) AS spread_days
      FROM (${counted}) u GROUP BY 1, 2, 3, 4, 5
    ), matched AS MATERIALIZED (
      SELECT d.*, r.provider_id, r.member_id, r.api_account_id
      FROM daily d JOIN jsonb_to_recordset(${ranges}::jsonb) AS r
        (identity_id uuid, provider_id uuid, starts_on date, ends_on date, member_id uuid, api_account_id uuid)
        ON r.identity_id = d.identity_id AND d.day >= r.starts_on AND d.day < r.ends_on
    ), months AS (
      INSERT INTO usage_month (organization_id, id, month, service_provider_id, identity_id, member_id, api_account_id, model,
        cost_kind, currency, uncached_input, cache_read, cache_write_5m, cache_write_1h, output, requests, cost_nano, unpriced_tokens)
      SELECT ${org}::uuid, gen_random_uuid(), to_char(day, 'YYYY-MM'), provider_id, identity_id, member_id, api_account_id,
        model, cost_kind, currency, sum(uncached_input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h),
        sum(output), sum(requests), sum(cost_nano), sum(unpriced_tokens)
      FROM matched GROUP BY 3, 4, 5, 6, 7, 8, 9, 10
    )
    INSERT INTO usage_day (organization_id, id, day, service_provider_id, identity_id, member_id, api_account_id, cost_kind,
      currency, uncached_input, cache_read, cache_write_5m, cache_write_1h, output, requests, cost_nano, unpriced_tokens,
      spread_days)
    SELECT ${org}::uuid, gen_random_uuid(), day, provider_id, identity_id, member_id, api_account_id, cost_kind, currency,
      sum(uncached_input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output), sum(requests),
      sum(cost_nano), sum(unpriced_tokens), min(spread_days)
    FROM matched GROUP BY 3, 4, 5, 6, 7, 8, 9`;
}

/** The rows that count, with the cost that counts. */
export async function countedUsage(db: Db, { organization }: Scope, days: Prisma.Sql): Promise<Prisma.Sql> {
  const formats = await db.import.findMany({
    where: { organizationId: organization.id, state: { in: ["committing", "committed", "undoing"] } },
    distinct: ["format"],
    select: { format: true },
  });
  const has = (format: string) => formats.some((row) => row.format === format);
  const all = Prisma.sql`uncached_input + cache_read + cache_write_5m + cache_write_1h + output`;
  const bothOfConsole = has("anthropic_console_cost") && has("anthropic_console_tokens");
  const counted = bothOfConsole
    ? Prisma.sql`
      SELECT t.*, CASE WHEN c.day IS NULL OR t.source <> 'anthropic_console_tokens' THEN t.cost_nano END AS counted_nano,
        CASE WHEN t.cost_nano IS NULL AND (c.day IS NULL OR t.source <> 'anthropic_console_tokens') THEN ${all} ELSE 0 END AS unpriced_tokens
      FROM (SELECT * FROM usage WHERE ${days}) t
      LEFT JOIN (SELECT DISTINCT identity_id, day FROM usage WHERE ${days} AND source = 'anthropic_console_cost') c
        ON c.identity_id = t.identity_id AND c.day = t.day`
    : Prisma.sql`
      SELECT *, cost_nano AS counted_nano, CASE WHEN cost_nano IS NULL THEN ${all} ELSE 0 END AS unpriced_tokens
      FROM usage WHERE ${days}`;
  return has("ccusage") ? withoutRepeatedReports(counted, days) : counted;
}

/**
 * Logs and reports of Claude Code tell the same use: of a month of which there are logs no report counts, else the kind
 * of report (by day, session, week or month) that tells most of the month, of equal ones the finest.
 */
function withoutRepeatedReports(counted: Prisma.Sql, days: Prisma.Sql): Prisma.Sql {
  const kind = Prisma.sql`CASE WHEN i.format_version IN ('daily', 'instances') THEN 1
    WHEN i.format_version IN ('session', 'sessions') THEN 2 WHEN i.format_version = 'weekly' THEN 3 ELSE 4 END`;
  return Prisma.sql`
    SELECT t.* FROM (${counted}) t
    LEFT JOIN import i ON i.organization_id = t.organization_id AND i.id = t.import_id
    LEFT JOIN (
      SELECT DISTINCT ON (identity_id, month) identity_id, month, kind
      FROM (
        SELECT u.identity_id, to_char(u.day, 'YYYY-MM') AS month,
          CASE WHEN u.source = 'claude_code_logs' THEN 0 ELSE ${kind} END AS kind,
          sum(u.uncached_input + u.cache_read + u.cache_write_5m + u.cache_write_1h + u.output) AS tokens
        FROM (SELECT * FROM usage WHERE ${days} AND source IN ('ccusage', 'claude_code_logs')) u
        JOIN import i ON i.organization_id = u.organization_id AND i.id = u.import_id
        GROUP BY 1, 2, 3
      ) told
      ORDER BY identity_id, month, (kind = 0) DESC, tokens DESC, kind
    ) best ON best.identity_id = t.identity_id AND best.month = to_char(t.day, 'YYYY-MM')
    WHERE t.source <> 'ccusage' OR best.kind = ${kind}`;
}

async function findRanges(db: Db, { organization }: Scope, identityIds: readonly string[]): Promise<Range[]> {
  const organizationId = organization.id;
  const rows = await db.identity.findMany({
    where: { organizationId, id: { in: [...identityIds] } },
    select: { id: true, parentId: true, serviceProviderId: true },
  });
  const ids = [
    ...new Set(rows.flatMap(({ id, parentId }) => [id, ...(parentId === null ? [] : [parentId])])),
  ];
  const matches = await db.identityMatch.findMany({
    where: { organizationId, identityId: { in: ids } },
    select: { identityId: true, startsOn: true, memberId: true, apiAccountId: true },
  });
  const byIdentity: ReadonlyMap<string, IdentityMatch[]> = Map.groupBy(
    matches.map((match) => ({ ...match, startsOn: fromDbDate(match.startsOn) })),
    ({ identityId }) => identityId,
  );
  return rows.flatMap(({ id, parentId, serviceProviderId }) =>
    matchedDays(byIdentity.get(id) ?? [], (parentId && byIdentity.get(parentId)) || []).map((days) => ({
      identity_id: id,
      provider_id: serviceProviderId,
      starts_on: days.startsOn,
      ends_on: days.endsOn,
      member_id: days.memberId,
      api_account_id: days.apiAccountId,
    })),
  );
}

/** The days that these names and those below them were used, by provider; null when they never were. */
export async function findUsedDays(
  db: Db,
  { organization }: Scope,
  identityIds: readonly string[],
): Promise<(ChangedUsage & { readonly serviceProviderId: string })[]> {
  const rows = await db.$queryRaw<
    { serviceProviderId: string; identityIds: string[]; firstDay: CalendarDate; lastDay: CalendarDate }[]
  >`
    SELECT i.service_provider_id AS "serviceProviderId", array_agg(DISTINCT i.id) AS "identityIds",
      min(d.day)::text AS "firstDay", max(d.day)::text AS "lastDay"
    FROM identity i JOIN usage_day d ON d.organization_id = i.organization_id AND d.identity_id = i.id
    WHERE i.organization_id = ${organization.id}::uuid
      AND (i.id = ANY(${identityIds}::uuid[]) OR i.parent_id = ANY(${identityIds}::uuid[]))
    GROUP BY 1`;
  return rows;
}

/** The days of changed use, for posting. */
export const daysOf = ({ firstDay, lastDay }: Pick<ChangedUsage, "firstDay" | "lastDay">) => ({
  start: firstDay,
  end: addDays(lastDay, 1),
});
