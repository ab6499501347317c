import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull } from "@/lib/db/dates";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Purpose } from "@/lib/domain/facts";
import type { CostOfDay } from "@/lib/domain/forecast";
import type { ForecastMethod } from "@/lib/domain/forecast-methods";
import type { ForecastHistory, Interval } from "@/lib/domain/metered-forecast";
import { type Money, money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";
import { seenEntries } from "@/lib/ledger/visible";
import { Prisma } from "@/prisma/generated/client";

type Months = { readonly from: Month; readonly to: Month };

/** Whose a sum is: a contract's, an account's, or nobody's. */
export type SumOf = {
  readonly month: Month;
  readonly serviceProviderId: string;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
};

export type ActualSum = SumOf & Came;

/** What something came to, and what credit given to us paid for beside it. */
type Came = { readonly actualMinor: number; readonly coveredMinor: number };

const CAME = Prisma.sql`coalesce(sum(base_cost_minor) FILTER (WHERE kind = 'cost'), 0)::text AS "actualMinor",
           coalesce(sum(base_cost_minor) FILTER (WHERE kind = 'covered'), 0)::text AS "coveredMinor"`;

const toNumbers = <T extends { actualMinor: string; coveredMinor: string }>(row: T) => ({
  ...row,
  actualMinor: Number(row.actualMinor),
  coveredMinor: Number(row.coveredMinor),
});

/** What the contracts came to in some months, as far as the actor may see it. */
export async function sumActuals(db: Db, ctx: Ctx, { from, to }: Months): Promise<ActualSum[]> {
  const rows = await db.$queryRaw<(SumOf & { actualMinor: string; coveredMinor: string })[]>`
    SELECT month, service_provider_id AS "serviceProviderId", subscription_id AS "subscriptionId",
           api_account_id AS "apiAccountId", ${CAME}
    FROM ledger_entry
    WHERE organization_id = ${ctx.organization.id}::uuid AND kind IN ('cost', 'covered') AND month BETWEEN ${from} AND ${to}
      AND ${seenEntries(ctx).where}
    GROUP BY 1, 2, 3, 4`;
  return rows.map(toNumbers);
}

/** What the lines came to in some months. */
export async function sumLines(
  db: Db,
  ctx: Ctx,
  { from, to }: Months,
): Promise<(Came & { readonly purpose: Purpose })[]> {
  const seen = seenEntries(ctx);
  const table = seen.needsMembers ? Prisma.sql`ledger_entry` : Prisma.sql`ledger_total`;
  const rows = await db.$queryRaw<{ purpose: Purpose; actualMinor: string; coveredMinor: string }[]>`
    SELECT purpose::text, ${CAME} FROM ${table}
    WHERE organization_id = ${ctx.organization.id}::uuid AND kind IN ('cost', 'covered') AND month BETWEEN ${from} AND ${to}
      AND ${seen.where}
    GROUP BY 1`;
  return rows.map(toNumbers);
}

export type ExpectedSum = SumOf &
  Interval & {
    readonly purpose: Purpose;
    readonly currency: string;
    readonly expectedMinor: number;
    readonly coveredMinor: number;
  };

/** What is expected beyond that, of the teams that the actor sees. */
export async function sumExpected(db: Db, ctx: Ctx, { from, to }: Months): Promise<ExpectedSum[]> {
  const seen = visibility(ctx);
  const where = seen.all ? Prisma.sql`true` : Prisma.sql`team_id = ANY(${[...seen.teamIds]}::uuid[])`;
  const rows = await db.$queryRaw<
    (SumOf & {
      purpose: Purpose;
      currency: string;
      expectedMinor: string;
      coveredMinor: string;
      belowMinor: string | null;
      aboveMinor: string | null;
    })[]
  >`
    SELECT month, purpose::text, service_provider_id AS "serviceProviderId", subscription_id AS "subscriptionId",
           api_account_id AS "apiAccountId", currency, sum(base_cost_minor)::text AS "expectedMinor",
           sum(base_covered_minor)::text AS "coveredMinor",
           CASE WHEN bool_and(below_minor IS NOT NULL) THEN sum(below_minor)::text END AS "belowMinor",
           CASE WHEN bool_and(above_minor IS NOT NULL) THEN sum(above_minor)::text END AS "aboveMinor"
    FROM expected_cost
    WHERE organization_id = ${ctx.organization.id}::uuid AND month BETWEEN ${from} AND ${to} AND ${where}
    GROUP BY 1, 2, 3, 4, 5, 6`;
  const numberOrNull = (text: string | null) => (text === null ? null : Number(text));
  return rows.map((row) => ({
    ...row,
    expectedMinor: Number(row.expectedMinor),
    coveredMinor: Number(row.coveredMinor),
    belowMinor: numberOrNull(row.belowMinor),
    aboveMinor: numberOrNull(row.aboveMinor),
  }));
}

/** How an account's, or a contract's, metered use is forecast. */
export type MeteredRow = {
  readonly serviceProviderId: string;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
  readonly currency: string;
  readonly history: ForecastHistory;
  readonly historyDays: number;
  readonly knownUntil: CalendarDate;
  readonly method: ForecastMethod;
  readonly errorBasisPoints: number | null;
  readonly testedDays: number | null;
  readonly laterMethod: ForecastMethod;
  readonly year: Interval;
  /** The running month's days: used, then expected. */
  readonly days: readonly CostOfDay[];
};

export async function findMeteredForecasts(db: Db, ctx: Ctx): Promise<MeteredRow[]> {
  const rows = await db.meteredForecast.findMany({
    where: { organizationId: ctx.organization.id },
    omit: { organizationId: true, id: true, laterErrorBasisPoints: true, laterTestedDays: true },
  });
  const minorOrNull = (value: bigint | null) => (value === null ? null : Number(value));
  return rows.map(({ knownUntil, yearBelowMinor, yearAboveMinor, days, ...row }) => ({
    ...row,
    knownUntil: fromDbDate(knownUntil),
    year: { belowMinor: minorOrNull(yearBelowMinor), aboveMinor: minorOrNull(yearAboveMinor) },
    days: (days as [CalendarDate, string][]).map(([day, nano]) => ({ day, costNano: BigInt(nano) })),
  }));
}

export type NamedContract = Named & {
  readonly serviceProvider: Named;
  readonly teamId: string;
  readonly renewsOn: CalendarDate | null;
  readonly plans: readonly Named[];
};

export type NamedAccount = Named & {
  readonly parentId: string | null;
  readonly serviceProvider: Named;
  readonly monthlySpendLimit: Money | null;
  readonly endsOn: CalendarDate | null;
};

const NAMED = { select: { id: true, name: true } } as const;

export async function findNamedContracts(db: Db, ctx: Ctx): Promise<NamedContract[]> {
  const rows = await db.subscription.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      teamId: true,
      renewsOn: true,
      serviceProvider: NAMED,
      subscriptionTerms: { distinct: ["planId"], select: { plan: NAMED } },
    },
  });
  return rows.map(({ renewsOn, subscriptionTerms, ...row }) => ({
    ...row,
    renewsOn: fromDbDateOrNull(renewsOn),
    plans: subscriptionTerms.map(({ plan }) => plan),
  }));
}

export async function findNamedAccounts(db: Db, ctx: Ctx): Promise<NamedAccount[]> {
  const rows = await db.apiAccount.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      parentId: true,
      serviceProvider: NAMED,
      monthlySpendLimitMinor: true,
      spendLimitCurrency: true,
      endsOn: true,
    },
  });
  return rows.map(({ monthlySpendLimitMinor, spendLimitCurrency, endsOn, ...row }) => ({
    ...row,
    monthlySpendLimit:
      monthlySpendLimitMinor === null || spendLimitCurrency === null
        ? null
        : money(Number(monthlySpendLimitMinor), spendLimitCurrency),
    endsOn: fromDbDateOrNull(endsOn),
  }));
}

export async function findProviderNames(db: Db, ctx: Ctx): Promise<Map<string, string>> {
  const rows = await db.serviceProvider.findMany({
    where: { organizationId: ctx.organization.id },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
