import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull } from "@/lib/db/dates";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { type Month, periodOfMonth } from "@/lib/domain/month";
import type { Period } from "@/lib/domain/period";
import type { Named } from "@/lib/fields/schema";

export type CoveredContract = {
  readonly id: string;
  readonly name: string;
  readonly serviceProvider: Named;
  /** The periods of the charges on it; of an account, on it and everything below it, and the months that credit paid. */
  readonly charged: readonly Period[];
};

export type CoveredAccount = CoveredContract & {
  /** Itself and everything below it. */
  readonly accountIds: readonly string[];
  /** Whether what nobody has matched counts as its: it is its provider's only one. */
  readonly only: boolean;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly createdOn: string;
};

const NAMED = { select: { id: true, name: true } } as const;

/** The seat contracts that the actor may see, with what was charged on them. */
export async function findCoveredSubscriptions(db: Db, ctx: Ctx): Promise<CoveredContract[]> {
  const seen = visibility(ctx);
  const rows = await db.subscription.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(seen.all ? {} : { teamId: { in: [...seen.teamIds] } }),
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, serviceProvider: NAMED },
  });
  const periods = await chargedPeriods(db, ctx, "subscription_id");
  return rows.map((row) => ({ ...row, charged: periods.get(row.id) ?? [] }));
}

/** The accounts at the top of their trees, with what was charged on them or below. */
export async function findCoveredAccounts(db: Db, ctx: Ctx): Promise<CoveredAccount[]> {
  const rows = await db.apiAccount.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      parentId: true,
      name: true,
      startsOn: true,
      endsOn: true,
      createdAt: true,
      serviceProvider: NAMED,
    },
  });
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]));
  const rootOf = (id: string): string => {
    const parent = parents.get(id);
    return parent ? rootOf(parent) : id;
  };
  const charged = new Map<string, Period[]>();
  const covering = [...(await chargedPeriods(db, ctx, "api_account_id")), ...(await creditedMonths(db, ctx))];
  for (const [id, periods] of covering) {
    charged.set(rootOf(id), [...(charged.get(rootOf(id)) ?? []), ...periods]);
  }
  const trees = Map.groupBy(rows, ({ id }) => rootOf(id));
  const roots = rows.filter(({ parentId }) => parentId === null);
  const ofProvider = Map.groupBy(roots, ({ serviceProvider }) => serviceProvider.id);
  return roots.map(({ parentId: _, startsOn, endsOn, createdAt, ...account }) => ({
    ...account,
    accountIds: (trees.get(account.id) ?? []).map(({ id }) => id),
    only: ofProvider.get(account.serviceProvider.id)?.length === 1,
    startsOn: fromDbDateOrNull(startsOn),
    endsOn: fromDbDateOrNull(endsOn),
    createdOn: utcDateOf(createdAt),
    charged: charged.get(account.id) ?? [],
  }));
}

async function chargedPeriods(
  db: Db,
  ctx: Ctx,
  link: "subscription_id" | "api_account_id",
): Promise<Map<string, Period[]>> {
  const bySubscription = link === "subscription_id";
  const rows = await db.charge.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(bySubscription ? { subscriptionId: { not: null } } : { apiAccountId: { not: null } }),
      chargeCategory: { in: ["usage", "purchase"] },
      chargePeriodStart: { not: null },
      invoice: { voidedAt: null },
    },
    distinct: [bySubscription ? "subscriptionId" : "apiAccountId", "chargePeriodStart", "chargePeriodEnd"],
    select: { subscriptionId: true, apiAccountId: true, chargePeriodStart: true, chargePeriodEnd: true },
  });
  const periods = new Map<string, Period[]>();
  for (const { subscriptionId, apiAccountId, chargePeriodStart, chargePeriodEnd } of rows) {
    const id = bySubscription ? subscriptionId : apiAccountId;
    if (!id || !chargePeriodStart || !chargePeriodEnd) continue;
    const list = periods.get(id) ?? [];
    list.push({ start: fromDbDate(chargePeriodStart), end: fromDbDate(chargePeriodEnd) });
    periods.set(id, list);
  }
  return periods;
}

/** The months in which credit paid for an account's use: no invoice comes for that. */
async function creditedMonths(db: Db, ctx: Ctx): Promise<[string, Period[]][]> {
  const rows = await db.ledgerEntry.findMany({
    where: {
      organizationId: ctx.organization.id,
      kind: { in: ["prepaid_drawn", "covered"] },
      apiAccountId: { not: null },
    },
    distinct: ["apiAccountId", "month"],
    select: { apiAccountId: true, month: true },
  });
  return rows.flatMap(({ apiAccountId, month }): [string, Period[]][] =>
    apiAccountId === null ? [] : [[apiAccountId, [periodOfMonth(month)]]],
  );
}

/** Where estimates are posted: the months of each contract, and of a provider's use that nobody has matched. */
export type Estimated = { readonly has: (id: string, month: Month) => boolean };

/** The estimates of some months, those that were corrected since among them; a correction itself is none. */
export async function findEstimated(
  db: Db,
  ctx: Ctx,
  { from, to }: { from: Month; to: Month },
): Promise<Estimated> {
  const rows = await db.ledgerEntry.findMany({
    where: {
      organizationId: ctx.organization.id,
      kind: "cost",
      state: "estimated",
      correctionOf: null,
      month: { gte: from, lte: to },
    },
    distinct: ["subscriptionId", "apiAccountId", "serviceProviderId", "month"],
    select: { subscriptionId: true, apiAccountId: true, serviceProviderId: true, month: true },
  });
  const found = new Set(
    rows.map(
      ({ subscriptionId, apiAccountId, serviceProviderId, month }) =>
        `${subscriptionId ?? apiAccountId ?? serviceProviderId} ${month}`,
    ),
  );
  return { has: (id, month) => found.has(`${id} ${month}`) };
}
