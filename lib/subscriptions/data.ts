import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull, toDbDate, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { money } from "@/lib/domain/money";
import { holdsOn, plansOf, seatsInForce, termInForce } from "@/lib/domain/seat-ledger";
import type { Page } from "@/lib/fields/schema";
import type {
  SeatHolding,
  Subscription,
  SubscriptionChange,
  SubscriptionFilter,
  SubscriptionInput,
  SubscriptionSummary,
  TermChange,
  TermInput,
} from "@/lib/subscriptions/schema";
import type { Prisma } from "@/prisma/generated/client";

const NAMED = { select: { id: true, name: true } } as const;

const HEADER = {
  id: true,
  name: true,
  serviceProvider: NAMED,
  team: NAMED,
  billingInterval: true,
  billingAnchor: true,
  renewsOn: true,
  noticeDays: true,
  endsOn: true,
  defaultPurpose: true,
  defaultProduct: NAMED,
  note: true,
  version: true,
  subscriptionTerms: {
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
    select: { id: true, plan: NAMED, startsOn: true, seats: true, unitPriceMinor: true, currency: true },
  },
} as const satisfies Prisma.SubscriptionSelect;

type Header = Prisma.SubscriptionGetPayload<{ select: typeof HEADER }>;
type Held = ReadonlyMap<string, number>;

function toSummary({ subscriptionTerms, ...row }: Header, held: Held, on: CalendarDate): SubscriptionSummary {
  const endsOn = fromDbDateOrNull(row.endsOn);
  const terms = subscriptionTerms.map((term) => ({
    planId: term.plan.id,
    startsOn: fromDbDate(term.startsOn),
    seats: term.seats,
    unitPriceMinor: Number(term.unitPriceMinor),
    currency: term.currency,
  }));
  const names = new Map(subscriptionTerms.map(({ plan }) => [plan.id, plan.name]));
  return {
    ...row,
    billingAnchor: fromDbDate(row.billingAnchor),
    renewsOn: fromDbDateOrNull(row.renewsOn),
    endsOn,
    plans: plansOf({ terms }).flatMap((planId) => {
      const term = termInForce({ terms }, planId, on);
      if (term === null) return [];
      return [
        {
          plan: { id: planId, name: names.get(planId) ?? "" },
          seats: seatsInForce({ terms, endsOn }, planId, on),
          held: held.get(`${row.id} ${planId}`) ?? 0,
          unitPrice: money(term.unitPriceMinor, term.currency),
        },
      ];
    }),
  };
}

/** Contracts whose header the actor may see: all, those of led teams, and those in which they or their people hold a seat. */
function seenBy(ctx: Ctx): Prisma.SubscriptionWhereInput {
  const seen = visibility(ctx);
  if (seen.all) return {};
  const teamIds = [...seen.teamIds];
  return {
    OR: [
      { teamId: { in: teamIds } },
      { assignments: { some: { member: { teamMemberships: { some: { teamId: { in: teamIds } } } } } } },
      ...(seen.memberId ? [{ assignments: { some: { memberId: seen.memberId } } }] : []),
    ],
  };
}

function holdersSeenBy(ctx: Ctx): Prisma.AssignmentWhereInput {
  const seen = visibility(ctx);
  if (seen.all) return {};
  return {
    OR: [
      { member: { teamMemberships: { some: { teamId: { in: [...seen.teamIds] } } } } },
      ...(seen.memberId ? [{ memberId: seen.memberId }] : []),
    ],
  };
}

/** Seats held on a day, by "subscription plan". */
async function countHeld(db: Db, ctx: Ctx, ids: readonly string[], on: CalendarDate): Promise<Held> {
  const day = toDbDate(on);
  const rows = await db.assignment.groupBy({
    by: ["subscriptionId", "planId"],
    where: {
      organizationId: ctx.organization.id,
      subscriptionId: { in: [...ids] },
      startsOn: { lte: day },
      OR: [{ endsOn: null }, { endsOn: { gt: day } }],
    },
    _count: true,
  });
  return new Map(rows.map(({ subscriptionId, planId, _count }) => [`${subscriptionId} ${planId}`, _count]));
}

export async function findSubscriptions(
  db: Db,
  ctx: Ctx,
  filter: SubscriptionFilter,
): Promise<Page<SubscriptionSummary>> {
  const { serviceProviderId, on = utcDateOf(ctx.now), ...page } = filter;
  const { where, ...rest } = pageById(page);
  const rows = await db.subscription.findMany({
    where: {
      organizationId: ctx.organization.id,
      AND: [where, seenBy(ctx), serviceProviderId ? { serviceProviderId } : {}],
    },
    ...rest,
    select: HEADER,
  });
  const held = await countHeld(
    db,
    ctx,
    rows.map(({ id }) => id),
    on,
  );
  return toPage(
    rows.map((row) => toSummary(row, held, on)),
    page.limit,
  );
}

const HOLDING = {
  id: true,
  member: NAMED,
  plan: NAMED,
  startsOn: true,
  endsOn: true,
  purpose: true,
  product: NAMED,
  version: true,
} as const satisfies Prisma.AssignmentSelect;

const toHolding = (row: Prisma.AssignmentGetPayload<{ select: typeof HOLDING }>): SeatHolding => ({
  ...row,
  startsOn: fromDbDate(row.startsOn),
  endsOn: fromDbDateOrNull(row.endsOn),
});

export async function getSubscription(db: Db, ctx: Ctx, id: string): Promise<Subscription> {
  const organizationId = ctx.organization.id;
  const row = required(
    await db.subscription.findFirst({ where: { organizationId, id, AND: seenBy(ctx) }, select: HEADER }),
  );
  const rows = await db.assignment.findMany({
    where: { organizationId, subscriptionId: id, AND: holdersSeenBy(ctx) },
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
    select: HOLDING,
  });
  const today = utcDateOf(ctx.now);
  const summary = toSummary(row, await countHeld(db, ctx, [id], today), today);
  const assignments = rows.map(toHolding);
  const heldToday = summary.plans.reduce((sum, { held }) => sum + held, 0);
  return {
    ...summary,
    terms: row.subscriptionTerms.map(({ unitPriceMinor, currency, startsOn, ...term }) => ({
      ...term,
      startsOn: fromDbDate(startsOn),
      unitPrice: money(Number(unitPriceMinor), currency),
    })),
    assignments,
    hiddenHolders: heldToday - assignments.filter((assignment) => holdsOn(assignment, today)).length,
  };
}

export async function insertSubscription(db: Db, ctx: Ctx, input: SubscriptionInput): Promise<string> {
  const organizationId = ctx.organization.id;
  const id = newId();
  const { terms, assignments, billingAnchor, renewsOn, ...fields } = input;
  await db.subscription.create({
    data: {
      organizationId,
      id,
      ...fields,
      billingAnchor: toDbDate(billingAnchor),
      renewsOn: toDbDateOrNull(renewsOn),
      createdAt: ctx.now,
    },
  });
  await db.subscriptionTerm.createMany({
    data: terms.map(({ unitPrice, startsOn, ...term }) => ({
      organizationId,
      id: newId(),
      subscriptionId: id,
      ...term,
      startsOn: toDbDate(startsOn),
      unitPriceMinor: unitPrice.minor,
      currency: unitPrice.currency,
    })),
  });
  if (assignments.length > 0) {
    await db.assignment.createMany({
      data: assignments.map(({ startsOn, endsOn, ...assignment }) => ({
        organizationId,
        id: newId(),
        subscriptionId: id,
        ...assignment,
        startsOn: toDbDate(startsOn),
        endsOn: toDbDateOrNull(endsOn),
        createdAt: ctx.now,
      })),
    });
  }
  return id;
}

export async function updateSubscription(db: Db, ctx: Ctx, change: SubscriptionChange): Promise<void> {
  const { id, version, renewsOn, endsOn, ...fields } = change;
  const organizationId = ctx.organization.id;
  const { count } = await db.subscription.updateMany({
    where: { organizationId, id, version },
    data: {
      ...fields,
      ...(renewsOn !== undefined && { renewsOn: toDbDateOrNull(renewsOn) }),
      ...(endsOn !== undefined && { endsOn: toDbDateOrNull(endsOn) }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.subscription.findFirst({ where: { organizationId, id } }));
}

export async function insertTerm(db: Db, ctx: Ctx, input: TermInput): Promise<string> {
  const { id: subscriptionId, unitPrice, startsOn, ...fields } = input;
  const id = newId();
  await db.subscriptionTerm.create({
    data: {
      organizationId: ctx.organization.id,
      id,
      subscriptionId,
      ...fields,
      startsOn: toDbDate(startsOn),
      unitPriceMinor: unitPrice.minor,
      currency: unitPrice.currency,
    },
  });
  return id;
}

export async function updateTerm(db: Db, ctx: Ctx, change: TermChange): Promise<void> {
  const { id: subscriptionId, termId: id, startsOn, seats, unitPrice } = change;
  const { count } = await db.subscriptionTerm.updateMany({
    where: { organizationId: ctx.organization.id, id, subscriptionId },
    data: {
      ...(startsOn && { startsOn: toDbDate(startsOn) }),
      ...(seats !== undefined && { seats }),
      ...(unitPrice && { unitPriceMinor: unitPrice.minor, currency: unitPrice.currency }),
    },
  });
  required(count > 0 ? count : null);
}

export async function deleteTerm(
  db: Db,
  ctx: Ctx,
  { id: subscriptionId, termId: id }: { id: string; termId: string },
): Promise<void> {
  const { count } = await db.subscriptionTerm.deleteMany({
    where: { organizationId: ctx.organization.id, id, subscriptionId },
  });
  required(count > 0 ? count : null);
}

/** The plans among these that the provider sells. */
export async function findPlansOfProvider(
  db: Db,
  ctx: Ctx,
  serviceProviderId: string,
  planIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.plan.findMany({
    where: { organizationId: ctx.organization.id, serviceProviderId, id: { in: [...planIds] } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** A contract's header without regard to who asks, for deciding who may change it. */
export async function findOwner(db: Db, ctx: Ctx, id: string) {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return required(
    await db.subscription.findUnique({
      where,
      select: { teamId: true, serviceProviderId: true, billingAnchor: true },
    }),
  );
}
