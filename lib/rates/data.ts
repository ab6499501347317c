import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import type { Rate, RateChange, RateFilter, RateInput } from "@/lib/rates/schema";
import type { Prisma } from "@/prisma/generated/client";

const RATE = {
  id: true,
  date: true,
  fromCurrency: true,
  toCurrency: true,
  rate: true,
  source: true,
  version: true,
} as const;

function toRate(row: Prisma.ExchangeRateGetPayload<{ select: typeof RATE }>): Rate {
  const { date, fromCurrency, toCurrency, rate, ...rest } = row;
  return { ...rest, date: fromDbDate(date), from: fromCurrency, to: toCurrency, rate: rate.toFixed() };
}

/** The rates, those entered last first. */
export async function findRates(db: Db, ctx: Ctx, { from, to, ...page }: RateFilter): Promise<Page<Rate>> {
  const { where, ...rest } = pageById(page, "desc");
  const rows = await db.exchangeRate.findMany({
    where: {
      organizationId: ctx.organization.id,
      ...where,
      ...(from && { fromCurrency: from }),
      ...(to && { toCurrency: to }),
    },
    ...rest,
    select: RATE,
  });
  return toPage(rows.map(toRate), page.limit);
}

export async function getRate(db: Db, ctx: Ctx, id: string): Promise<Rate> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toRate(required(await db.exchangeRate.findUnique({ where, select: RATE })));
}

export async function insertRate(
  db: Db,
  ctx: Ctx,
  { date, from, to, ...fields }: RateInput,
): Promise<string> {
  const id = newId();
  const organizationId = ctx.organization.id;
  await db.exchangeRate.create({
    data: {
      organizationId,
      id,
      ...fields,
      date: toDbDate(date),
      fromCurrency: from,
      toCurrency: to,
      createdAt: ctx.now,
    },
  });
  return id;
}

export async function updateRate(db: Db, ctx: Ctx, { id, version, ...fields }: RateChange): Promise<void> {
  const organizationId = ctx.organization.id;
  const { count } = await db.exchangeRate.updateMany({
    where: { organizationId, id, version },
    data: { ...fields, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.exchangeRate.findFirst({ where: { organizationId, id } }));
}
