import "server-only";

import type { Ctx, OrganizationId } from "@/lib/auth/ctx";
import { TAX_DEFAULTS, toTaxDefaults } from "@/lib/books/tax-data";
import type {
  Plan,
  PlanChange,
  PlanFilter,
  PlanInput,
  PlanPrice,
  PlanPriceInput,
  ServiceProvider,
  ServiceProviderChange,
  ServiceProviderInput,
  Tool,
} from "@/lib/catalogue/schema";
import { CATALOGUE, TOOLS } from "@/lib/catalogue/seed";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { money } from "@/lib/domain/money";
import type { TaxDefaults } from "@/lib/domain/tax";
import type { Page } from "@/lib/fields/schema";
import type { Prisma } from "@/prisma/generated/client";

type Paging = { readonly limit: number; readonly cursor?: string | undefined };

/** Gives a new organization the catalogue to start with, in one statement a table. */
export async function seedCatalogue(db: Db, organizationId: OrganizationId, _now: Date): Promise<void> {
  const providers = CATALOGUE.map((provider) => ({ ...provider, id: newId() }));
  const plans = providers.flatMap(({ id, plans: own }) =>
    own.map((plan) => ({ ...plan, id: newId(), serviceProviderId: id })),
  );
  await db.serviceProvider.createMany({
    data: providers.map(({ id, name, website }) => ({ organizationId, id, name, website })),
  });
  await db.plan.createMany({
    data: plans.map(({ prices: _, ...plan }) => ({ organizationId, ...plan })),
  });
  await db.planPrice.createMany({
    data: plans.flatMap(({ id: planId, prices }) =>
      prices.map(({ startsOn, ...price }) => ({
        organizationId,
        id: newId(),
        planId,
        ...price,
        startsOn: toDbDate(startsOn),
        currency: "USD",
      })),
    ),
  });
  await db.tool.createMany({ data: TOOLS.map((tool) => ({ organizationId, id: newId(), ...tool })) });
}

const PROVIDER = {
  id: true,
  name: true,
  website: true,
  ...TAX_DEFAULTS,
  archivedAt: true,
  version: true,
} as const;

const toProvider = ({
  id,
  name,
  website,
  archivedAt,
  version,
  ...tax
}: Prisma.ServiceProviderGetPayload<{ select: typeof PROVIDER }>): ServiceProvider => ({
  id,
  name,
  website,
  tax: toTaxDefaults(tax),
  archived: archivedAt !== null,
  version,
});

const taxColumns = (tax: TaxDefaults | null | undefined) => ({
  taxTreatment: tax?.treatment ?? null,
  taxRateBasisPoints: tax?.rateBasisPoints ?? 0,
  taxRecoverableBasisPoints: tax?.recoverableBasisPoints ?? 0,
  taxCode: tax?.code ?? null,
});

export async function findServiceProviders(db: Db, ctx: Ctx, page: Paging): Promise<Page<ServiceProvider>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.serviceProvider.findMany({
    where: { organizationId: ctx.organization.id, ...where },
    ...rest,
    select: PROVIDER,
  });
  return toPage(rows.map(toProvider), page.limit);
}

export async function getServiceProvider(db: Db, ctx: Ctx, id: string): Promise<ServiceProvider> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toProvider(required(await db.serviceProvider.findUnique({ where, select: PROVIDER })));
}

export async function insertServiceProvider(
  db: Db,
  ctx: Ctx,
  { tax, ...input }: ServiceProviderInput,
): Promise<string> {
  const id = newId();
  await db.serviceProvider.create({
    data: { organizationId: ctx.organization.id, id, ...input, ...taxColumns(tax) },
  });
  return id;
}

export async function updateServiceProvider(db: Db, ctx: Ctx, change: ServiceProviderChange): Promise<void> {
  const { id, version, archived, tax, ...fields } = change;
  const organizationId = ctx.organization.id;
  const { count } = await db.serviceProvider.updateMany({
    where: { organizationId, id, version },
    data: {
      ...fields,
      ...archiving(ctx, archived),
      ...(tax !== undefined && taxColumns(tax)),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () => db.serviceProvider.findFirst({ where: { organizationId, id } }));
}

const archiving = (ctx: Ctx, archived: boolean | undefined) =>
  archived === undefined ? {} : { archivedAt: archived ? ctx.now : null };

const PRICE = {
  id: true,
  startsOn: true,
  billingInterval: true,
  unitPriceMinor: true,
  currency: true,
  source: true,
} as const;

const selection = (ctx: Ctx) =>
  ({
    id: true,
    name: true,
    prorationRule: true,
    minimumSeats: true,
    includedAllowance: true,
    archivedAt: true,
    version: true,
    serviceProvider: { select: { id: true, name: true } },
    planPrices: {
      where: { startsOn: { lte: toDbDate(utcDateOf(ctx.now)) } },
      // The monthly price first, and of each interval and currency the one in force.
      orderBy: [{ billingInterval: "asc" }, { currency: "asc" }, { startsOn: "desc" }],
      distinct: ["billingInterval", "currency"],
      select: PRICE,
    },
  }) satisfies Prisma.PlanSelect;

function toPlan({
  archivedAt,
  planPrices,
  ...plan
}: Prisma.PlanGetPayload<{ select: ReturnType<typeof selection> }>): Plan {
  return { ...plan, archived: archivedAt !== null, prices: planPrices.map(toPrice) };
}

function toPrice({
  startsOn,
  unitPriceMinor,
  currency,
  ...price
}: Prisma.PlanPriceGetPayload<{ select: typeof PRICE }>): PlanPrice {
  return { ...price, startsOn: fromDbDate(startsOn), unitPrice: money(Number(unitPriceMinor), currency) };
}

export async function findPlans(
  db: Db,
  ctx: Ctx,
  { serviceProviderId, ...page }: PlanFilter,
): Promise<Page<Plan>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.plan.findMany({
    where: { organizationId: ctx.organization.id, ...where, ...(serviceProviderId && { serviceProviderId }) },
    ...rest,
    select: selection(ctx),
  });
  return toPage(rows.map(toPlan), page.limit);
}

export async function getPlan(db: Db, ctx: Ctx, id: string): Promise<Plan> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toPlan(required(await db.plan.findUnique({ where, select: selection(ctx) })));
}

export async function insertPlan(db: Db, ctx: Ctx, input: PlanInput): Promise<string> {
  const id = newId();
  await db.plan.create({ data: { organizationId: ctx.organization.id, id, ...input } });
  return id;
}

export async function updatePlan(
  db: Db,
  ctx: Ctx,
  { id, version, archived, ...fields }: PlanChange,
): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.plan.updateMany({
    where: { organizationId, id, version },
    data: { ...fields, ...archiving(ctx, archived), version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.plan.findFirst({ where: { organizationId, id } }));
}

/** All prices of a plan, the newest first. */
export async function findPlanPrices(db: Db, ctx: Ctx, planId: string): Promise<PlanPrice[]> {
  const rows = await db.planPrice.findMany({
    where: { organizationId: ctx.organization.id, planId },
    orderBy: [{ startsOn: "desc" }, { billingInterval: "asc" }],
    select: PRICE,
  });
  return rows.map(toPrice);
}

export async function insertPlanPrice(
  db: Db,
  ctx: Ctx,
  { id: planId, startsOn, unitPrice, ...fields }: PlanPriceInput,
): Promise<PlanPrice> {
  const row = await db.planPrice.create({
    data: {
      organizationId: ctx.organization.id,
      id: newId(),
      planId,
      ...fields,
      startsOn: toDbDate(startsOn),
      unitPriceMinor: unitPrice.minor,
      currency: unitPrice.currency,
    },
    select: PRICE,
  });
  return toPrice(row);
}

export async function findTools(db: Db, ctx: Ctx): Promise<Tool[]> {
  return await db.tool.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: { name: "asc" },
    select: { id: true, name: true, ridesSeat: true, burnsKey: true },
  });
}
