import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { ListPrice } from "@/lib/domain/list-price";
import type { WorkloadAnswers } from "@/lib/domain/workload";
import type { Named, Page } from "@/lib/fields/schema";
import type { WorkloadChange, WorkloadInput, WorkloadList } from "@/lib/workloads/schema";

const NAMED = { select: { id: true, name: true } } as const;
const WORKLOAD = {
  ...{ id: true, name: true, note: true, answers: true, version: true },
  product: NAMED,
  plan: NAMED,
} as const;

/** A workload as it was described, without advice. */
export type Described = Named & {
  readonly product: Named | null;
  readonly plan: Named | null;
  readonly note: string;
  readonly answers: WorkloadAnswers;
  readonly version: number;
};

// What the schema let in is what comes out.
const toDescribed = ({ answers, ...row }: Omit<Described, "answers"> & { answers: unknown }): Described => ({
  ...row,
  answers: answers as WorkloadAnswers,
});

export async function findWorkloads(
  db: Db,
  ctx: Ctx,
  { productId, ...page }: WorkloadList,
): Promise<Page<Described>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.workload.findMany({
    where: { organizationId: ctx.organization.id, ...where, ...(productId && { productId }) },
    ...rest,
    select: WORKLOAD,
  });
  return toPage(rows.map(toDescribed), page.limit);
}

export async function getWorkload(db: Db, ctx: Ctx, id: string): Promise<Described> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toDescribed(required(await db.workload.findUnique({ where, select: WORKLOAD })));
}

export async function insertWorkload(db: Db, ctx: Ctx, input: WorkloadInput): Promise<string> {
  const id = newId();
  await db.workload.create({
    data: { ...input, organizationId: ctx.organization.id, id, createdAt: ctx.now },
  });
  return id;
}

export async function updateWorkload(
  db: Db,
  ctx: Ctx,
  { id, version, ...fields }: WorkloadChange,
): Promise<void> {
  const { count } = await db.workload.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: { ...fields, version: { increment: 1 } },
  });
  await assertUpdated(count, () => findWorkload(db, ctx, id));
}

export async function removeWorkload(
  db: Db,
  ctx: Ctx,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const { count } = await db.workload.deleteMany({
    where: { organizationId: ctx.organization.id, id, version },
  });
  await assertUpdated(count, () => findWorkload(db, ctx, id));
}

const findWorkload = (db: Db, ctx: Ctx, id: string) =>
  db.workload.findFirst({ where: { organizationId: ctx.organization.id, id } });

/** The list prices of these plans, of every interval. */
export async function findPlanPrices(db: Db, ctx: Ctx, planIds: readonly string[]): Promise<ListPrice[]> {
  const rows = await db.planPrice.findMany({
    where: { organizationId: ctx.organization.id, planId: { in: [...planIds] } },
    orderBy: { startsOn: "asc" },
    select: { planId: true, startsOn: true, billingInterval: true, unitPriceMinor: true, currency: true },
  });
  return rows.map((row) => ({
    ...row,
    startsOn: fromDbDate(row.startsOn),
    unitPriceMinor: Number(row.unitPriceMinor),
  }));
}

/** The contracts that have these plans and have not ended, by plan. */
export async function findContractsOf(
  db: Db,
  ctx: Ctx,
  planIds: readonly string[],
  on: CalendarDate,
): Promise<Map<string, Named[]>> {
  const rows = await db.subscriptionTerm.findMany({
    where: {
      organizationId: ctx.organization.id,
      planId: { in: [...planIds] },
      startsOn: { lte: toDbDate(on) },
      subscription: { OR: [{ endsOn: null }, { endsOn: { gt: toDbDate(on) } }] },
    },
    distinct: ["planId", "subscriptionId"],
    orderBy: { subscriptionId: "asc" },
    select: { planId: true, subscription: NAMED },
  });
  return grouped(rows.map(({ planId, subscription }) => [planId, subscription]));
}

/** The accounts that count for these products on a day, by product. */
export async function findAccountsOf(
  db: Db,
  ctx: Ctx,
  productIds: readonly string[],
  on: CalendarDate,
): Promise<Map<string, Named[]>> {
  const rows = await db.$queryRaw<{ productId: string; id: string; name: string }[]>`
    SELECT DISTINCT s.product_id AS "productId", a.id, a.name
    FROM api_account a
    JOIN LATERAL (
      SELECT id FROM classification
      WHERE organization_id = a.organization_id AND api_account_id = a.id AND starts_on <= ${on}::date
      ORDER BY starts_on DESC LIMIT 1) c ON true
    JOIN classification_share s ON s.organization_id = a.organization_id AND s.classification_id = c.id
    WHERE a.organization_id = ${ctx.organization.id}::uuid AND s.product_id = ANY(${[...productIds]}::uuid[])
      AND (a.ends_on IS NULL OR a.ends_on > ${on}::date)
    ORDER BY a.name, a.id`;
  return grouped(rows.map(({ productId, ...account }) => [productId, account]));
}

const grouped = (pairs: readonly (readonly [string, Named])[]): Map<string, Named[]> =>
  new Map([...Map.groupBy(pairs, ([key]) => key)].map(([key, of]) => [key, of.map(([, named]) => named)]));
