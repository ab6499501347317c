import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import { loadContracts } from "@/lib/books/data";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate } from "@/lib/db/dates";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Subscription } from "@/lib/domain/facts";
import type { CataloguePlan } from "@/lib/domain/holdable-plans";
import type { ListPrice } from "@/lib/domain/list-price";
import type { Month } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";
import { seenEntries } from "@/lib/ledger/visible";
import { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;

export type Person = Named & { readonly team: Named | null };

/** The people whom the actor may see on a day: all, those of led teams, and the actor. Services hold no seat to advise on. */
export async function findPeople(db: Db, ctx: Ctx, on: CalendarDate): Promise<Person[]> {
  const day = toDbDate(on);
  const thatDay = { startsOn: { lte: day }, OR: [{ endsOn: null }, { endsOn: { gt: day } }] };
  const seen = visibility(ctx);
  const rows = await db.member.findMany({
    where: {
      organizationId: ctx.organization.id,
      kind: { not: "service" },
      mergedIntoId: null,
      ...(!seen.all && {
        OR: [
          { teamMemberships: { some: { teamId: { in: [...seen.teamIds] }, ...thatDay } } },
          ...(seen.memberId ? [{ id: seen.memberId }] : []),
        ],
      }),
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, teamMemberships: { where: thatDay, take: 1, select: { team: NAMED } } },
  });
  return rows.map(({ id, name, teamMemberships: [membership] }) => ({
    ...{ id, name },
    team: membership?.team ?? null,
  }));
}

export type Holding = {
  readonly memberId: string;
  readonly subscriptionId: string;
  readonly planId: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
};

/** The seats held in a period, of these people where they are named. */
export async function findHoldings(
  db: Db,
  ctx: Ctx,
  {
    from,
    until,
    memberIds,
  }: { from: CalendarDate; until: CalendarDate; memberIds: readonly string[] | null },
): Promise<Holding[]> {
  const rows = await db.assignment.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(memberIds && { memberId: { in: [...memberIds] } }),
      startsOn: { lt: toDbDate(until) },
      OR: [{ endsOn: null }, { endsOn: { gt: toDbDate(from) } }],
    },
    orderBy: { id: "asc" },
    select: { memberId: true, subscriptionId: true, planId: true, startsOn: true, endsOn: true },
  });
  return rows.map((row) => ({
    ...row,
    startsOn: fromDbDate(row.startsOn),
    endsOn: fromDbDateOrNull(row.endsOn),
  }));
}

export type NamedContract = Subscription & { readonly name: string };

/** Every contract by id, with its name. */
export async function findContracts(db: Db, ctx: Ctx): Promise<Map<string, NamedContract>> {
  const names = await db.subscription.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    ...NAMED,
  });
  const ids = names.map(({ id }) => id);
  const contracts = await loadContracts(db, ctx, ids);
  return new Map(
    names.flatMap(({ id, name }) => {
      const contract = contracts.get(id);
      return contract ? [[id, { ...contract, name }]] : [];
    }),
  );
}

/** The catalogue: what providers, plans and their dated prices are. */
export async function findCatalogue(db: Db, ctx: Ctx) {
  const where = { organizationId: ctx.organization.id };
  const providers = await db.serviceProvider.findMany({ where, ...NAMED });
  const plans = await db.plan.findMany({
    where,
    select: {
      ...{ id: true, name: true, serviceProviderId: true, minimumSeats: true, includedAllowance: true },
      archivedAt: true,
      planPrices: {
        select: { startsOn: true, billingInterval: true, unitPriceMinor: true, currency: true },
      },
    },
  });
  return {
    providers: new Map(providers.map(({ id, name }) => [id, name])),
    planNames: new Map(plans.map(({ id, name }) => [id, name])),
    plans: plans.map(
      ({ planPrices: _, archivedAt, ...plan }): CataloguePlan => ({ ...plan, archived: archivedAt !== null }),
    ),
    prices: plans.flatMap(({ id, planPrices }): ListPrice[] =>
      planPrices.map(({ startsOn, unitPriceMinor, ...price }) => ({
        ...price,
        planId: id,
        startsOn: fromDbDate(startsOn),
        unitPriceMinor: Number(unitPriceMinor),
      })),
    ),
  };
}
export type Catalogue = Awaited<ReturnType<typeof findCatalogue>>;

export type SeatCost = { readonly month: Month; readonly baseCostMinor: number };

/** Whose seats: one person's, a team's with those that nobody holds, or a contract's. */
export type SeatsOf =
  | { readonly memberId: string }
  | { readonly teamId: string }
  | { readonly subscriptionId: string };

/** What the books hold of flat fees at a provider by month, as far as the actor sees them; corrections of closed months apart. */
export async function sumSeatCosts(
  db: Db,
  ctx: Ctx,
  { from, to, serviceProviderId, of }: { from: Month; to: Month; serviceProviderId: string; of: SeatsOf },
): Promise<SeatCost[]> {
  const rows = await db.$queryRaw<{ month: Month; baseCostMinor: string }[]>`
    SELECT month::text, sum(base_cost_minor)::text AS "baseCostMinor" FROM ledger_entry
    WHERE organization_id = ${ctx.organization.id}::uuid AND kind = 'cost' AND billing_model = 'flat'
      AND month BETWEEN ${from} AND ${to} AND correction_of IS NULL
      AND service_provider_id = ${serviceProviderId}::uuid AND ${whose(of)} AND ${seenEntries(ctx).where}
    GROUP BY 1`;
  return rows.map(({ month, baseCostMinor }) => ({ month, baseCostMinor: Number(baseCostMinor) }));
}

function whose(of: SeatsOf): Prisma.Sql {
  if ("memberId" in of) return Prisma.sql`member_id = ${of.memberId}::uuid`;
  if ("teamId" in of) return Prisma.sql`team_id = ${of.teamId}::uuid`;
  return Prisma.sql`subscription_id = ${of.subscriptionId}::uuid`;
}
