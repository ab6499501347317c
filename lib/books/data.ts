import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditScopes, loadCreditGrants, loadSeatUse } from "@/lib/books/credits-data";
import { periodOf, SHARE } from "@/lib/books/invoices-data";
import { loadRates } from "@/lib/books/rates-data";
import { loadMeteredDays, type MeteredScope, scopesOfCharges } from "@/lib/books/usage-data";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull } from "@/lib/db/dates";
import type { Books } from "@/lib/domain/books";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { NO_CREDITS } from "@/lib/domain/credit-grant";
import type { ApiAccount, Invoice, ProrationRule, Subscription, TeamMembership } from "@/lib/domain/facts";
import type { SeatFee } from "@/lib/domain/seat-coverage";
import type { Prisma } from "@/prisma/generated/client";

/** The facts that posting needs for these invoices and contracts, in a handful of queries whatever their number. */
export async function loadBooks(
  db: Db,
  ctx: Ctx,
  {
    invoices,
    subscriptionIds,
    metered = [],
  }: {
    invoices: readonly Invoice[];
    subscriptionIds: readonly string[];
    metered?: readonly MeteredScope[];
  },
): Promise<Books> {
  const charges = invoices.flatMap((invoice) => invoice.charges);
  const linked = charges.flatMap(({ subscriptionId }) => subscriptionId ?? []);
  const subscriptions = await loadSubscriptions(db, ctx, [...new Set([...subscriptionIds, ...linked])]);
  const providers = [...invoices, ...metered].map(({ serviceProviderId }) => serviceProviderId);
  const grants = await loadCreditGrants(db, ctx, [...new Set(providers)]);
  const credited = [...new Set(grants.map(({ serviceProviderId }) => serviceProviderId))];
  const scopes = [...metered, ...scopesOfCharges(invoices), ...(await findCreditScopes(db, ctx, credited))];
  const usage = await loadMeteredDays(db, ctx, scopes);
  const seatUse = await loadSeatUse(db, ctx, invoices, grants);
  const apiAccounts: Map<string, ApiAccount> =
    usage.length + grants.length > 0 || charges.some((charge) => charge.apiAccountId)
      ? await loadApiAccounts(db, ctx)
      : new Map();

  const members = new Set<string>();
  for (const { assignments } of subscriptions.values())
    for (const { memberId } of assignments) members.add(memberId);
  for (const { memberId, shares } of charges) {
    for (const id of [memberId, ...shares.map((share) => share.memberId)]) if (id) members.add(id);
  }
  for (const { classifications } of apiAccounts.values()) {
    for (const { shares } of classifications)
      for (const { memberId } of shares) if (memberId) members.add(memberId);
  }
  for (const { memberId } of [...usage, ...seatUse]) if (memberId) members.add(memberId);
  const currencies = new Set([...invoices, ...usage, ...grants].map(({ currency }) => currency));
  for (const { terms } of subscriptions.values()) for (const { currency } of terms) currencies.add(currency);

  return {
    baseCurrency: ctx.organization.baseCurrency,
    booksStart: ctx.organization.booksStart,
    today: utcDateOf(ctx.now),
    subscriptions,
    apiAccounts,
    prorationRules: await loadProrationRules(db, ctx, [...subscriptions.values()]),
    memberships: await loadMemberships(db, ctx, [...members]),
    rates: await loadRates(db, ctx, [...currencies]),
    usage,
    credits: { ...NO_CREDITS, grants, seatUse },
  };
}

/** The seat fees invoiced on each contract, from invoices that are not voided. */
export async function loadSeatFees(
  db: Db,
  ctx: Ctx,
  subscriptionIds: readonly string[],
): Promise<Map<string, SeatFee[]>> {
  const fees = await db.charge.findMany({
    where: {
      organizationId: ctx.organization.id,
      subscriptionId: { in: [...subscriptionIds] },
      chargeCategory: "purchase",
      chargePeriodStart: { not: null },
      invoice: { voidedAt: null },
    },
    select: {
      subscriptionId: true,
      planId: true,
      quantity: true,
      billedCostMinor: true,
      chargePeriodStart: true,
      chargePeriodEnd: true,
    },
  });
  const bySubscription = new Map<string, SeatFee[]>();
  for (const {
    subscriptionId,
    planId,
    quantity,
    billedCostMinor,
    chargePeriodStart,
    chargePeriodEnd,
  } of fees) {
    const chargePeriod = periodOf(chargePeriodStart, chargePeriodEnd);
    if (subscriptionId === null || chargePeriod === null) continue;
    const list = bySubscription.get(subscriptionId) ?? [];
    list.push({
      planId,
      quantity: quantity === null ? null : quantity.toNumber(),
      billedCostMinor: Number(billedCostMinor),
      chargePeriod,
    });
    bySubscription.set(subscriptionId, list);
  }
  return bySubscription;
}

const CONTRACT = {
  id: true,
  serviceProviderId: true,
  teamId: true,
  billingInterval: true,
  billingAnchor: true,
  endsOn: true,
  defaultPurpose: true,
  defaultProductId: true,
  subscriptionTerms: {
    orderBy: [{ startsOn: "asc" }, { id: "asc" }],
    select: { planId: true, startsOn: true, seats: true, unitPriceMinor: true, currency: true },
  },
} as const satisfies Prisma.SubscriptionSelect;

type ContractRow = Prisma.SubscriptionGetPayload<{ select: typeof CONTRACT }>;

/** Contracts with their terms, by id, without their holders: for what a provider should charge. */
export async function loadContracts(
  db: Db,
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, Subscription>> {
  if (ids.length === 0) return new Map();
  const rows = await db.subscription.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...ids] } },
    orderBy: { id: "asc" },
    select: CONTRACT,
  });
  return new Map(rows.map((row) => [row.id, { ...toContract(row), assignments: [] }]));
}

/** Contracts with their terms and assignments, by id. */
export async function loadSubscriptions(
  db: Db,
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, Subscription>> {
  const contracts = await loadContracts(db, ctx, ids);
  if (contracts.size === 0) return contracts;
  const rows = await db.assignment.findMany({
    where: { organizationId: ctx.organization.id, subscriptionId: { in: [...contracts.keys()] } },
    orderBy: { id: "asc" },
    select: {
      subscriptionId: true,
      memberId: true,
      planId: true,
      startsOn: true,
      endsOn: true,
      purpose: true,
      productId: true,
    },
  });
  const assignments = Map.groupBy(
    rows.map((row) => ({ ...row, startsOn: fromDbDate(row.startsOn), endsOn: fromDbDateOrNull(row.endsOn) })),
    ({ subscriptionId }) => subscriptionId,
  );
  return new Map(
    [...contracts].map(([id, contract]) => [id, { ...contract, assignments: assignments.get(id) ?? [] }]),
  );
}

function toContract({
  subscriptionTerms,
  billingAnchor,
  endsOn,
  ...contract
}: ContractRow): Omit<Subscription, "assignments"> {
  return {
    ...contract,
    billingAnchor: fromDbDate(billingAnchor),
    endsOn: fromDbDateOrNull(endsOn),
    terms: subscriptionTerms.map((term) => ({
      ...term,
      startsOn: fromDbDate(term.startsOn),
      unitPriceMinor: Number(term.unitPriceMinor),
    })),
  };
}

/** The whole account tree: a classification may come from any ancestor. */
export async function loadApiAccounts(db: Db, ctx: Ctx): Promise<Map<string, ApiAccount>> {
  const rows = await db.apiAccount.findMany({
    where: { organizationId: ctx.organization.id },
    select: {
      id: true,
      parentId: true,
      serviceProviderId: true,
      classifications: {
        select: {
          startsOn: true,
          classificationShares: { orderBy: { position: "asc" }, select: SHARE },
        },
      },
    },
  });
  return new Map(
    rows.map(({ classifications, ...account }) => [
      account.id,
      {
        ...account,
        classifications: classifications.map(({ startsOn, classificationShares }) => ({
          startsOn: fromDbDate(startsOn),
          shares: classificationShares,
        })),
      },
    ]),
  );
}

/** The proration rules of the plans that the contracts hold. */
export async function loadProrationRules(
  db: Db,
  ctx: Ctx,
  subscriptions: readonly Subscription[],
): Promise<Map<string, ProrationRule>> {
  const planIds = new Set(subscriptions.flatMap(({ terms }) => terms.map(({ planId }) => planId)));
  if (planIds.size === 0) return new Map();
  const plans = await db.plan.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...planIds] } },
    select: { id: true, prorationRule: true },
  });
  return new Map(plans.map(({ id, prorationRule }) => [id, prorationRule]));
}

export async function loadMemberships(db: Db, ctx: Ctx, memberIds: readonly string[]) {
  if (memberIds.length === 0) return new Map<string, TeamMembership[]>();
  const rows = await db.teamMembership.findMany({
    where: { organizationId: ctx.organization.id, memberId: { in: [...memberIds] } },
    orderBy: { startsOn: "asc" },
    select: { memberId: true, teamId: true, startsOn: true, endsOn: true },
  });
  const memberships = rows.map(({ startsOn, endsOn, ...membership }) => ({
    ...membership,
    startsOn: fromDbDate(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
  }));
  return Map.groupBy(memberships, ({ memberId }) => memberId);
}
