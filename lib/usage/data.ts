import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadApiAccounts } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { firstDayOf, periodOfMonth } from "@/lib/domain/month";
import { type ProductRun, productRuns, splitByShares } from "@/lib/domain/product-use";
import { TOKEN_TYPES } from "@/lib/domain/usage";
import type { UsageCost, UsageFilter, UsageGroup } from "@/lib/usage/schema";
import { seen } from "@/lib/usage/seen-data";
import { Prisma } from "@/prisma/generated/client";

export const AMOUNTS = [...TOKEN_TYPES, "requests", "costNano", "unpricedTokens"] as const;
export type Amounts = Readonly<Record<(typeof AMOUNTS)[number], bigint>>;

/** What was used of one group in one period, at one kind of cost. */
export type UsageCell = Omit<UsageCost, "cost"> & {
  /** Null: of nobody, or of nothing that is known. */
  readonly key: string | null;
  readonly name: string;
  /** A month, or a day. */
  readonly period: string;
  readonly amounts: Amounts;
  /** Whose use it is where it is that of other people than the actor and people are told apart; else nobody's. */
  readonly people: readonly string[];
};

type Asked = Pick<UsageFilter, "groupBy"> & {
  readonly from: string;
  readonly to: string;
  /** Sums what other people used apart from the rest. */
  readonly peopleApart: boolean;
};

/** Sums of use by group and month; by day and product from the sums by day, which know when a classification began. */
export async function findUsageCells(db: Db, ctx: Ctx, asked: Asked): Promise<UsageCell[]> {
  if (asked.groupBy !== "product") return await sumCells(db, ctx, asked, SOURCES[asked.groupBy]);
  const runs = productRuns(await loadApiAccounts(db, ctx), {
    start: firstDayOf(asked.from),
    end: periodOfMonth(asked.to).end,
  });
  const products = await db.product.findMany({
    where: { organizationId: ctx.organization.id },
    select: { id: true, name: true },
  });
  const names = new Map(products.map(({ id, name }) => [id, name]));
  const cells = await sumCells(db, ctx, asked, runsSource(runs));
  return cells.flatMap((cell) => {
    const shares = (cell.key !== null && runs[Number(cell.key)]?.shares) || NO_PRODUCT;
    return splitByShares(cell.amounts, shares).map((amounts, index) => {
      const key = shares[index]?.productId ?? null;
      return { ...cell, key, name: (key !== null && names.get(key)) || "", amounts };
    });
  });
}

const NO_PRODUCT = [{ productId: null, basisPoints: 1 }];

/** Where sums of one grouping come from. */
type Source = {
  readonly table: Prisma.Sql;
  readonly join: Prisma.Sql;
  readonly key: Prisma.Sql;
  readonly name: Prisma.Sql;
  readonly period: Prisma.Sql;
};

const MONTHS = { table: Prisma.sql`usage_month`, join: Prisma.empty, period: Prisma.sql`u.month::text` };
const named = (table: Prisma.Sql, id: Prisma.Sql): Source => ({
  ...MONTHS,
  join: Prisma.sql`LEFT JOIN ${table} n ON n.organization_id = u.organization_id AND n.id = ${id}`,
  key: Prisma.sql`${id}::text`,
  name: Prisma.sql`n.name`,
});

const SOURCES: Readonly<Record<Exclude<UsageGroup, "product">, Source>> = {
  member: named(Prisma.sql`member`, Prisma.sql`u.member_id`),
  service_provider: named(Prisma.sql`service_provider`, Prisma.sql`u.service_provider_id`),
  api_account: named(Prisma.sql`api_account`, Prisma.sql`u.api_account_id`),
  model: { ...MONTHS, key: Prisma.sql`u.model::text`, name: Prisma.sql`u.model::text` },
  day: {
    table: Prisma.sql`usage_day`,
    join: Prisma.empty,
    key: Prisma.sql`u.day::text`,
    name: Prisma.sql`u.day::text`,
    period: Prisma.sql`u.day::text`,
  },
};

function runsSource(runs: readonly ProductRun[]): Source {
  return {
    table: Prisma.sql`usage_day`,
    join: Prisma.sql`LEFT JOIN ${runsTable(runs)} s
      ON s.api_account_id = u.api_account_id AND u.day >= s.starts_on AND u.day < s.ends_on`,
    key: Prisma.sql`s.position::text`,
    name: Prisma.sql`''`,
    period: Prisma.sql`to_char(u.day, 'YYYY-MM')`,
  };
}

/** Runs of days of accounts as a table, each with its place among them. */
export function runsTable(runs: readonly ProductRun[]): Prisma.Sql {
  const rows = runs.map(({ apiAccountId, run }, position) => ({
    position,
    api_account_id: apiAccountId,
    starts_on: run.start,
    ends_on: run.end,
  }));
  return Prisma.sql`(SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS run (position int, api_account_id uuid, starts_on date, ends_on date))`;
}

type SumRow = Omit<UsageCell, "amounts" | "people" | "name"> & {
  readonly name: string | null;
  readonly people: readonly string[] | null;
} & Readonly<Record<keyof Amounts, string>>;

async function sumCells(
  db: Db,
  ctx: Ctx,
  { from, to, peopleApart }: Asked,
  { table, join, key, name, period }: Source,
): Promise<UsageCell[]> {
  const isOther = Prisma.sql`u.member_id IS NOT NULL AND u.member_id IS DISTINCT FROM ${ctx.actor.memberId}::uuid`;
  const other = peopleApart ? isOther : Prisma.sql`false`;
  const people = peopleApart
    ? Prisma.sql`array_agg(DISTINCT u.member_id::text) FILTER (WHERE ${isOther})`
    : Prisma.sql`NULL::text[]`;
  const asked =
    table === MONTHS.table
      ? Prisma.sql`u.month BETWEEN ${from} AND ${to}`
      : Prisma.sql`u.day >= ${firstDayOf(from)}::date AND u.day < ${periodOfMonth(to).end}::date`;
  const rows = await db.$queryRaw<SumRow[]>`
    SELECT ${key} AS key, ${name} AS name, ${period} AS period, u.cost_kind::text AS "costKind", u.currency,
      ${other} AS other, ${people} AS people,
      sum(u.uncached_input)::text AS "uncachedInput", sum(u.cache_read)::text AS "cacheRead",
      sum(u.cache_write_5m)::text AS "cacheWrite5m", sum(u.cache_write_1h)::text AS "cacheWrite1h",
      sum(u.output)::text AS output, sum(u.requests)::text AS requests, sum(u.cost_nano)::text AS "costNano",
      sum(u.unpriced_tokens)::text AS "unpricedTokens"
    FROM ${table} u ${join}
    WHERE u.organization_id = ${ctx.organization.id}::uuid AND ${asked} AND ${seen(ctx)}
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 3, 1, 4, 5, 6`;
  return rows.map((row) => ({
    key: row.key,
    name: row.name ?? "",
    period: row.period,
    costKind: row.costKind,
    currency: row.currency,
    people: row.people ?? [],
    amounts: Object.fromEntries(AMOUNTS.map((amount) => [amount, BigInt(row[amount])])) as Amounts,
  }));
}

/** Whether, and how, use is shown by person; and the secret that makes pseudonyms. */
export async function findPersonAnalysis(db: Db, ctx: Ctx) {
  return await db.organization.findUniqueOrThrow({
    where: { id: ctx.organization.id },
    select: { personAnalysis: true, minimumGroupSize: true, pseudonymKey: true },
  });
}
