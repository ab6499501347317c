import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { required } from "@/lib/db/version";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import { invariant } from "@/lib/domain/errors";
import { nanoPerTokenOf, type PriceBook, perMillionOf, priceBook } from "@/lib/domain/model-price";
import { type ServiceTier, TOKEN_TYPES, type TokenType } from "@/lib/domain/usage";
import type { Named, Page } from "@/lib/fields/schema";
import type { ModelPriceFilter, ModelPriceRow } from "@/lib/model-prices/schema";
import { seedModelPrices } from "@/lib/model-prices/seed";
import type { Prisma } from "@/prisma/generated/client";

type Scope = Pick<Ctx, "now"> & { readonly organization: Pick<Ctx["organization"], "id"> };

type Nano = Record<TokenType, string>;

/** What `nanoPerTokenOf` makes of a price that was checked before. */
function nanoOf(perMillion: Readonly<Nano>): Nano {
  return eachType((type) => {
    const nano = nanoPerTokenOf(perMillion[type]);
    invariant(nano !== null, `"${perMillion[type]}" is a price`);
    return nano;
  });
}

const eachType = (value: (type: TokenType) => string): Nano =>
  Object.fromEntries(TOKEN_TYPES.map((type) => [type, value(type)])) as Nano;

/**
 * Gives each provider of the seed that has no prices yet the prices to start with, in one statement.
 *
 * @returns whether any were given
 */
export async function ensureModelPrices(db: Db, { organization, now }: Scope): Promise<boolean> {
  const seeds = seedRows();
  const providers = await db.serviceProvider.findMany({
    where: { organizationId: organization.id, name: { in: [...seeds.keys()] }, modelPrices: { none: {} } },
    select: { id: true, name: true },
  });
  if (providers.length === 0) return false;
  await db.modelPrice.createMany({
    data: providers.flatMap(({ id: serviceProviderId, name }) =>
      (seeds.get(name) ?? []).map((row) => ({
        ...row,
        organizationId: organization.id,
        id: newId(),
        serviceProviderId,
        createdAt: now,
      })),
    ),
  });
  return true;
}

type SeedRow = Omit<
  Prisma.ModelPriceCreateManyInput,
  "organizationId" | "id" | "serviceProviderId" | "createdAt"
>;

/** Made once: tests and demonstrations make many organizations. */
let madeSeedRows: ReadonlyMap<string, readonly SeedRow[]> | undefined;

function seedRows(): ReadonlyMap<string, readonly SeedRow[]> {
  madeSeedRows ??= new Map(
    [...Map.groupBy(seedModelPrices(), ({ serviceProvider }) => serviceProvider)].map(
      ([provider, prices]) => [
        provider,
        prices.map(({ model, serviceTier, startsOn, perMillion, source, asOf }) => ({
          model,
          serviceTier,
          startsOn: toDbDate(startsOn),
          currency: "USD",
          ...nanoOf(perMillion),
          source,
          asOf: toDbDate(asOf),
        })),
      ],
    ),
  );
  return madeSeedRows;
}

const PRICE = {
  id: true,
  serviceProvider: { select: { id: true, name: true } },
  model: true,
  serviceTier: true,
  startsOn: true,
  currency: true,
  uncachedInput: true,
  cacheRead: true,
  cacheWrite5m: true,
  cacheWrite1h: true,
  output: true,
  source: true,
  asOf: true,
} as const;

type Row = Prisma.ModelPriceGetPayload<{ select: typeof PRICE }>;

function toPrice(row: Row): ModelPriceRow {
  const { id, serviceProvider, model, serviceTier, startsOn, currency, source, asOf } = row;
  return {
    id,
    serviceProvider,
    model,
    serviceTier,
    startsOn: fromDbDate(startsOn),
    currency,
    perMillion: eachType((type) => perMillionOf(row[type].toFixed())),
    source,
    asOf: fromDbDate(asOf),
  };
}

/** A provider's dated prices, ready to price usage with. */
export function loadPriceBook(
  db: Db,
  { organization }: Pick<Scope, "organization">,
  serviceProviderId: string,
): Promise<PriceBook> {
  return loadBook(db, { organizationId: organization.id, serviceProviderId });
}

/** The dated prices of some models, whoever serves them. */
export function loadPricesOfModels(db: Db, ctx: Ctx, models: readonly string[]): Promise<PriceBook> {
  return loadBook(db, { organizationId: ctx.organization.id, model: { in: [...models] } });
}

async function loadBook(db: Db, where: Prisma.ModelPriceWhereInput): Promise<PriceBook> {
  const rows = await db.modelPrice.findMany({ where, select: PRICE });
  return priceBook(
    rows.map((row) => ({
      model: row.model,
      serviceTier: row.serviceTier,
      startsOn: fromDbDate(row.startsOn),
      currency: row.currency,
      nanoPerToken: eachType((type) => row[type].toFixed()),
    })),
  );
}

/** Prices in the order of entry. */
export async function findModelPrices(
  db: Db,
  ctx: Ctx,
  { serviceProviderId, model, ...page }: ModelPriceFilter,
): Promise<Page<ModelPriceRow>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.modelPrice.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...where,
      ...(serviceProviderId && { serviceProviderId }),
      ...(model && { model }),
    },
    ...rest,
    select: PRICE,
  });
  return toPage(rows.map(toPrice), page.limit);
}

/** Every price, by provider, model, tier and day. */
export async function findAllModelPrices(db: Db, ctx: Ctx): Promise<ModelPriceRow[]> {
  const rows = await db.modelPrice.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: [
      { serviceProvider: { name: "asc" } },
      { model: "asc" },
      { serviceTier: "asc" },
      { startsOn: "asc" },
    ],
    select: PRICE,
  });
  return rows.map(toPrice);
}

/** What tells prices apart: there is one for each. */
export type PriceKey = {
  readonly serviceProviderId: string;
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly startsOn: CalendarDate;
};

/** The price of a provider, model, tier and day, if there is one. */
export async function findPriceId(db: Db, ctx: Ctx, { startsOn, ...key }: PriceKey): Promise<string | null> {
  const row = await db.modelPrice.findFirst({
    where: { organizationId: ctx.organization.id, ...key, startsOn: toDbDate(startsOn) },
    select: { id: true },
  });
  return row?.id ?? null;
}

export async function getModelPrice(db: Db, ctx: Ctx, id: string): Promise<ModelPriceRow> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toPrice(required(await db.modelPrice.findUnique({ where, select: PRICE })));
}

export type NewPrice = PriceKey & {
  /** Given where it takes the place of one that was there. */
  readonly id?: string;
  readonly currency: Currency;
  readonly perMillion: Readonly<Nano>;
  readonly source: string;
  readonly asOf: CalendarDate;
};

/** @returns their ids, in their order */
export async function insertModelPrices(db: Db, ctx: Ctx, prices: readonly NewPrice[]): Promise<string[]> {
  const data = prices.map(({ id = newId(), startsOn, asOf, perMillion, ...fields }) => ({
    organizationId: ctx.organization.id,
    id,
    ...fields,
    ...nanoOf(perMillion),
    startsOn: toDbDate(startsOn),
    asOf: toDbDate(asOf),
    createdAt: ctx.now,
  }));
  await db.modelPrice.createMany({ data });
  return data.map(({ id }) => id);
}

/** For prices that never were in force and that others take the place of. */
export async function removeModelPrices(db: Db, ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.modelPrice.deleteMany({ where: { organizationId: ctx.organization.id, id: { in: [...ids] } } });
}

/** The providers by name, for a file that names them. */
export async function findProviders(db: Db, ctx: Ctx): Promise<Named[]> {
  return await db.serviceProvider.findMany({
    where: { organizationId: ctx.organization.id },
    select: { id: true, name: true },
  });
}
