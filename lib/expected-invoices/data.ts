import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { type Charged, firstMonthRemembered } from "@/lib/domain/expected-invoice";
import { firstDayOf, type Month, periodOfMonth } from "@/lib/domain/month";
import type { Named } from "@/lib/fields/schema";

const NAMED = { select: { id: true, name: true } } as const;

export type ExpectingContract = Named & { readonly serviceProvider: Named };

/** The seat contracts that the actor may see, by name. */
export function findContracts(db: Db, ctx: Ctx): Promise<ExpectingContract[]> {
  const seen = visibility(ctx);
  return db.subscription.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...(seen.all ? {} : { teamId: { in: [...seen.teamIds] } }),
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, serviceProvider: NAMED },
  });
}

export async function findPlanNames(
  db: Db,
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.plan.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What was charged on an account itself, lately. */
export type ChargedAccount = Named & { readonly charged: readonly Charged[] };

/** An account at the top of its tree with those of its tree that were charged lately, itself included. */
export type AccountTree = ExpectingContract & { readonly accounts: readonly ChargedAccount[] };

export async function findAccountTrees(db: Db, ctx: Ctx, month: Month): Promise<AccountTree[]> {
  const rows = await db.apiAccount.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, parentId: true, name: true, serviceProvider: NAMED },
  });
  const parents = new Map(rows.map(({ id, parentId }) => [id, parentId]));
  const topOf = (id: string): string => {
    const parent = parents.get(id);
    return parent ? topOf(parent) : id;
  };
  const charged = await findCharged(db, ctx, month);
  const byTop = Map.groupBy(
    rows.filter(({ id }) => charged.has(id)),
    ({ id }) => topOf(id),
  );
  return rows.flatMap(({ id, name, serviceProvider }) => {
    const accounts = (byTop.get(id) ?? []).map((account) => ({
      id: account.id,
      name: account.name,
      charged: charged.get(account.id) ?? [],
    }));
    return accounts.length > 0 ? [{ id, name, serviceProvider, accounts }] : [];
  });
}

async function findCharged(db: Db, ctx: Ctx, month: Month): Promise<Map<string, Charged[]>> {
  const rows = await db.charge.findMany({
    where: {
      organizationId: ctx.organization.id,
      apiAccountId: { not: null },
      chargeCategory: { in: ["usage", "purchase"] },
      chargePeriodStart: { lt: toDbDate(periodOfMonth(month).end) },
      chargePeriodEnd: { gt: toDbDate(firstDayOf(firstMonthRemembered(month))) },
      invoice: { voidedAt: null },
    },
    distinct: ["apiAccountId", "chargePeriodStart", "chargePeriodEnd"],
    orderBy: { chargePeriodEnd: "asc" },
    select: {
      apiAccountId: true,
      chargePeriodStart: true,
      chargePeriodEnd: true,
      invoice: { select: { currency: true } },
    },
  });
  const charged = new Map<string, Charged[]>();
  for (const { apiAccountId, chargePeriodStart, chargePeriodEnd, invoice } of rows) {
    if (!apiAccountId || !chargePeriodStart || !chargePeriodEnd) continue;
    const period = { start: fromDbDate(chargePeriodStart), end: fromDbDate(chargePeriodEnd) };
    charged.set(apiAccountId, [...(charged.get(apiAccountId) ?? []), { period, currency: invoice.currency }]);
  }
  return charged;
}

export type BegunDraft = { readonly id: string; readonly updatedAt: string; readonly version: number };

/** The drafts begun for contracts in a month, by the contract's id; the one saved last where there are several. */
export async function findBegunDrafts(db: Db, ctx: Ctx, month: Month): Promise<Map<string, BegunDraft>> {
  const rows = await db.invoiceDraft.findMany({
    where: {
      organizationId: ctx.organization.id,
      month,
      OR: [{ subscriptionId: { not: null } }, { apiAccountId: { not: null } }],
    },
    orderBy: { updatedAt: "asc" },
    take: 1_000,
    select: { id: true, updatedAt: true, version: true, subscriptionId: true, apiAccountId: true },
  });
  return new Map(
    rows.map(({ subscriptionId, apiAccountId, updatedAt, ...draft }) => [
      subscriptionId ?? apiAccountId ?? "",
      { ...draft, updatedAt: updatedAt.toISOString() },
    ]),
  );
}
