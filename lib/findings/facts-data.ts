import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadApiAccounts } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate } from "@/lib/db/dates";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Purpose } from "@/lib/domain/facts";
import type { AccountCost, MisuseAccount, MisuseMember, UseDay, UseMonth } from "@/lib/domain/misuse-facts";
import { firstDayOf, type Month, periodOfMonth } from "@/lib/domain/month";

// Rules are asked about everything, whoever looks at what they found: nothing here is narrowed to a reader.

type Months = { readonly from: Month; readonly to: Month };

/** The accounts in their tree, with what each is. */
export async function findAccountFacts(db: Db, ctx: Ctx): Promise<Map<string, MisuseAccount>> {
  const tree = await loadApiAccounts(db, ctx);
  const rows = await db.apiAccount.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, kind: true, toolId: true, endsOn: true },
  });
  return new Map(
    rows.flatMap(({ id, endsOn, ...row }) => {
      const account = tree.get(id);
      return account ? [[id, { ...account, ...row, endsOn: fromDbDateOrNull(endsOn) }]] : [];
    }),
  );
}

/** What use of accounts costs by the books, tax and credits apart; corrections of closed months are of other months. */
export async function sumAccountCosts(db: Db, ctx: Ctx, { from, to }: Months): Promise<AccountCost[]> {
  const rows = await db.$queryRaw<(Omit<AccountCost, "minor"> & { minor: string })[]>`
    SELECT api_account_id AS "accountId", month::text, purpose::text, member_id AS "memberId",
      sum(base_cost_minor)::text AS minor
    FROM ledger_entry
    WHERE organization_id = ${ctx.organization.id}::uuid AND kind = 'cost' AND billing_model = 'metered'
      AND charge_category = 'usage' AND api_account_id IS NOT NULL AND correction_of IS NULL
      AND month BETWEEN ${from} AND ${to}
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4`;
  return rows.map(({ minor, ...row }) => ({ ...row, minor: Number(minor) }));
}

/** Use of these accounts that files tell of one member each, by day. */
export async function findUseDays(
  db: Db,
  ctx: Ctx,
  accountIds: readonly string[],
  { from, to }: Months,
): Promise<UseDay[]> {
  const rows = await db.$queryRaw<(Omit<UseDay, "costNano"> & { costNano: string })[]>`
    SELECT api_account_id AS "accountId", member_id AS "memberId", day::text, currency, sum(cost_nano)::text AS "costNano"
    FROM usage_day
    WHERE organization_id = ${ctx.organization.id}::uuid AND cost_kind = 'metered' AND member_id IS NOT NULL
      AND api_account_id = ANY(${[...accountIds]}::uuid[]) AND spread_days = 1
      AND day >= ${firstDayOf(from)}::date AND day < ${periodOfMonth(to).end}::date
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4`;
  return rows.map(({ costNano, ...row }) => ({ ...row, costNano: BigInt(costNano) }));
}

/** The last month in which anything was used on each of these accounts. */
export async function findLastUsed(
  db: Db,
  ctx: Ctx,
  accountIds: readonly string[],
  { from, to }: Months,
): Promise<Map<string, Month>> {
  const rows = await db.$queryRaw<{ id: string; month: Month }[]>`
    SELECT api_account_id AS id, max(month)::text AS month FROM usage_month
    WHERE organization_id = ${ctx.organization.id}::uuid AND cost_kind = 'metered'
      AND api_account_id = ANY(${[...accountIds]}::uuid[]) AND month BETWEEN ${from} AND ${to}
    GROUP BY 1`;
  return new Map(rows.map(({ id, month }) => [id, month]));
}

/** Metered use that files tell of one member each, by month. */
export async function sumUseMonths(db: Db, ctx: Ctx, { from, to }: Months): Promise<UseMonth[]> {
  const rows = await db.$queryRaw<(Omit<UseMonth, "costNano"> & { costNano: string })[]>`
    SELECT api_account_id AS "accountId", member_id AS "memberId", service_provider_id AS "serviceProviderId",
      month::text, currency, sum(cost_nano)::text AS "costNano"
    FROM usage_month
    WHERE organization_id = ${ctx.organization.id}::uuid AND cost_kind = 'metered' AND member_id IS NOT NULL
      AND month BETWEEN ${from} AND ${to}
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 3, 4, 5`;
  return rows.map(({ costNano, ...row }) => ({ ...row, costNano: BigInt(costNano) }));
}

/** Who there is, with the team of a day. */
export async function findMemberFacts(
  db: Db,
  ctx: Ctx,
  on: CalendarDate,
): Promise<Map<string, MisuseMember>> {
  const day = toDbDate(on);
  const rows = await db.member.findMany({
    where: { organizationId: ctx.organization.id, mergedIntoId: null },
    select: {
      ...{ id: true, kind: true },
      teamMemberships: {
        where: { startsOn: { lte: day }, OR: [{ endsOn: null }, { endsOn: { gt: day } }] },
        take: 1,
        select: { teamId: true },
      },
    },
  });
  return new Map(
    rows.map(({ id, kind, teamMemberships: [membership] }) => [
      id,
      { kind, teamId: membership?.teamId ?? null },
    ]),
  );
}

export type HeldSeat = {
  readonly id: string;
  readonly subscriptionId: string;
  readonly planId: string;
  readonly memberId: string;
  readonly startsOn: CalendarDate;
  readonly purpose: Purpose | null;
};

/** The seats held on a day, each with its own purpose where it has one. */
export async function findHeldSeats(db: Db, ctx: Ctx, on: CalendarDate): Promise<HeldSeat[]> {
  const day = toDbDate(on);
  const rows = await db.assignment.findMany({
    where: {
      organizationId: ctx.organization.id,
      startsOn: { lte: day },
      OR: [{ endsOn: null }, { endsOn: { gt: day } }],
    },
    orderBy: { id: "asc" },
    select: {
      ...{ id: true, subscriptionId: true, planId: true, memberId: true },
      ...{ startsOn: true, purpose: true },
    },
  });
  return rows.map((row) => ({ ...row, startsOn: fromDbDate(row.startsOn) }));
}
