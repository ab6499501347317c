import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { assertUpdated, required } from "@/lib/db/version";
import { addDays, type CalendarDate, DATE_MIN, isCalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { RATE_AGE_DAYS_MAX } from "@/lib/domain/exchange-rate";
import { firstDayOf, monthOf, shiftMonth } from "@/lib/domain/month";
import type { Named, Page } from "@/lib/fields/schema";
import type { MissingRate, Rate, RateChange, RateFilter, RateInput } from "@/lib/rates/schema";
import type { Prisma } from "@/prisma/generated/client";

const RATE = {
  id: true,
  date: true,
  fromCurrency: true,
  toCurrency: true,
  rate: true,
  source: true,
  version: true,
} as const;

function toRate(row: Prisma.ExchangeRateGetPayload<{ select: typeof RATE }>): Rate {
  const { date, fromCurrency, toCurrency, rate, ...rest } = row;
  return { ...rest, date: fromDbDate(date), from: fromCurrency, to: toCurrency, rate: rate.toFixed() };
}

/** The rates, the latest day first. */
export async function findRates(
  db: Db,
  ctx: Ctx,
  { from, to, limit, cursor }: RateFilter,
): Promise<Page<Rate>> {
  const after = cursor === undefined ? null : cursorOf(cursor);
  const rows = await db.exchangeRate.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(from && { fromCurrency: from }),
      ...(to && { toCurrency: to }),
      ...(after && { OR: [{ date: { lt: after.date } }, { date: after.date, id: { lt: after.id } }] }),
    },
    orderBy: [{ date: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: RATE,
  });
  const data = rows.slice(0, limit).map(toRate);
  const last = rows.length > limit ? data.at(-1) : undefined;
  return { data, nextCursor: last ? `${last.date}_${last.id}` : null };
}

function cursorOf(text: string): { date: Date; id: string } {
  const [date = "", id = "", ...rest] = text.split("_");
  if (isCalendarDate(date) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) && rest.length === 0) {
    return { date: toDbDate(date), id };
  }
  throw new DomainError("invalid_input", "This cursor is not one of ours.", {
    fields: { cursor: "Use the nextCursor of the page before." },
  });
}

/** No month further back is asked for: what nobody missed for two years is not missing. */
const MISSING_MONTHS_MAX = 24;

/**
 * The days for which no rate lets a contract in another currency be estimated: the last day of each month in which it
 * ran and nothing of it was billed, today in the running month.
 */
export async function findMissingRates(db: Db, ctx: Ctx): Promise<MissingRate[]> {
  const { id: org, baseCurrency, booksStart } = ctx.organization;
  const today = utcDateOf(ctx.now);
  const first = shiftMonth(monthOf(today), 1 - MISSING_MONTHS_MAX);
  const firstDay = firstDayOf(first > booksStart ? first : booksStart);
  const rows = await db.$queryRaw<{ day: Date; currency: string; subscriptions: Named[] }[]>`
    WITH priced AS (
      SELECT subscription_id, currency, starts_on,
             lead(starts_on) OVER (PARTITION BY subscription_id, plan_id ORDER BY starts_on) AS ends_on
      FROM subscription_term WHERE organization_id = ${org}::uuid
    ), wanted AS (
      SELECT DISTINCT p.currency, s.id, s.name, to_char(month, 'YYYY-MM') AS month,
             least((month + interval '1 month')::date - 1, ${today}::date) AS day
      FROM priced p
      JOIN subscription s ON s.organization_id = ${org}::uuid AND s.id = p.subscription_id
      CROSS JOIN LATERAL generate_series(
        greatest(date_trunc('month', p.starts_on), ${firstDay}::date)::timestamp,
        least(coalesce(p.ends_on, s.ends_on, ${today}::date + 1), coalesce(s.ends_on, ${today}::date + 1), ${today}::date + 1)::timestamp - interval '1 day',
        interval '1 month') AS month
      WHERE p.currency <> ${baseCurrency}
    )
    SELECT day, currency, jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name) AS subscriptions
    FROM wanted w
    WHERE NOT EXISTS (
        SELECT FROM exchange_rate r
        WHERE r.organization_id = ${org}::uuid AND r.from_currency = w.currency AND r.to_currency = ${baseCurrency}
          AND r.date BETWEEN w.day - ${RATE_AGE_DAYS_MAX}::int AND w.day)
      AND NOT EXISTS (
        SELECT FROM ledger_entry e
        WHERE e.organization_id = ${org}::uuid AND e.subscription_id = w.id AND e.state = 'billed' AND e.month = w.month)
    GROUP BY day, currency ORDER BY day DESC, currency`;
  return rows.map(({ day, currency, subscriptions }) => ({
    date: fromDbDate(day),
    from: currency,
    to: baseCurrency,
    subscriptions,
  }));
}

export async function getRate(db: Db, ctx: Ctx, id: string): Promise<Rate> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toRate(required(await db.exchangeRate.findUnique({ where, select: RATE })));
}

export async function insertRate(
  db: Db,
  ctx: Ctx,
  { date, from, to, ...fields }: RateInput,
): Promise<string> {
  const id = newId();
  const organizationId = ctx.organization.id;
  await db.exchangeRate.create({
    data: {
      organizationId,
      id,
      ...fields,
      date: toDbDate(date),
      fromCurrency: from,
      toCurrency: to,
      createdAt: ctx.now,
    },
  });
  return id;
}

export async function updateRate(db: Db, ctx: Ctx, { id, version, ...fields }: RateChange): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.exchangeRate.updateMany({
    where: { organizationId, id, version },
    data: { ...fields, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.exchangeRate.findFirst({ where: { organizationId, id } }));
}

/** The foreign currencies of the books, and the first day on which a rate of one is wanted. */
export async function findForeign(
  db: Db,
  ctx: Ctx,
): Promise<{ readonly currencies: readonly string[]; readonly firstDay: CalendarDate }> {
  const { id: org, baseCurrency, booksStart } = ctx.organization;
  const rows = await db.$queryRaw<{ currency: string; firstDay: CalendarDate | null }[]>`
    SELECT currency, min(day)::text AS "firstDay" FROM (
      SELECT currency, issue_date AS day FROM invoice WHERE organization_id = ${org}::uuid AND voided_at IS NULL
      UNION ALL SELECT currency, NULL FROM subscription_term WHERE organization_id = ${org}::uuid
      UNION ALL SELECT currency, NULL FROM credit_grant WHERE organization_id = ${org}::uuid AND voided_at IS NULL
      UNION ALL SELECT DISTINCT currency, NULL::date FROM usage_day WHERE organization_id = ${org}::uuid AND cost_kind = 'metered'
      UNION ALL SELECT from_currency, NULL FROM exchange_rate WHERE organization_id = ${org}::uuid AND to_currency = ${baseCurrency}
    ) used WHERE currency <> ${baseCurrency} GROUP BY currency ORDER BY currency`;
  const days = [firstDayOf(booksStart), ...rows.flatMap(({ firstDay }) => firstDay ?? [])];
  const first = days.reduce((a, b) => (a < b ? a : b));
  const firstDay = addDays(first, -RATE_AGE_DAYS_MAX);
  return {
    currencies: rows.map(({ currency }) => currency),
    firstDay: firstDay < DATE_MIN ? DATE_MIN : firstDay,
  };
}

/** The days on which there is a rate to the organization's currency already, by currency. */
export async function findRateDays(
  db: Db,
  ctx: Ctx,
  currencies: readonly string[],
): Promise<Map<string, Set<CalendarDate>>> {
  const { id: organizationId, baseCurrency } = ctx.organization;
  const rows = await db.exchangeRate.findMany({
    where: { organizationId, toCurrency: baseCurrency, fromCurrency: { in: [...currencies] } },
    select: { fromCurrency: true, date: true },
  });
  const byCurrency = Map.groupBy(rows, ({ fromCurrency }) => fromCurrency);
  return new Map(
    [...byCurrency].map(([code, own]) => [code, new Set(own.map(({ date }) => fromDbDate(date)))]),
  );
}

/** Rows a statement. */
const CHUNK_ROWS = 2_000;

export async function insertRates(
  db: Db,
  ctx: Ctx,
  rates: readonly Omit<Rate, "id" | "version">[],
): Promise<void> {
  const organizationId = ctx.organization.id;
  for (let start = 0; start < rates.length; start += CHUNK_ROWS) {
    await db.exchangeRate.createMany({
      data: rates.slice(start, start + CHUNK_ROWS).map(({ date, from, to, rate, source }) => ({
        organizationId,
        id: newId(),
        date: toDbDate(date),
        fromCurrency: from,
        toCurrency: to,
        rate,
        source,
        createdAt: ctx.now,
      })),
    });
  }
}
