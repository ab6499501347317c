import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import type { Currency } from "@/lib/domain/currency";
import type { ExchangeRate } from "@/lib/domain/exchange-rate";
import type { Named } from "@/lib/fields/schema";

export type KnownContractOfProvider = Named & { readonly serviceProviderId: string };
export type KnownPlan = Named & { readonly serviceProviderId: string };
export type KnownAccount = Named & { readonly serviceProviderId: string; readonly externalId: string | null };

/** An invoice that counts, as far as it is compared with a file. */
export type KnownInvoice = {
  readonly serviceProviderId: string;
  readonly number: string;
  readonly issueDate: string;
  readonly currency: Currency;
  readonly billedCostMinor: number;
};

/** Everything that a file of invoices may name. */
export type InvoiceBooks = {
  readonly providers: readonly Named[];
  readonly contracts: readonly KnownContractOfProvider[];
  readonly plans: readonly KnownPlan[];
  readonly accounts: readonly KnownAccount[];
  /** Those of the numbers asked for, of any provider. */
  readonly invoices: readonly KnownInvoice[];
  /** To the base currency, from the currencies asked for. */
  readonly rates: readonly ExchangeRate[];
};

/** Loads it in as many queries as there are tables, however many rows the file has. */
export async function loadInvoiceBooks(
  db: Db,
  ctx: Ctx,
  { numbers, currencies }: { readonly numbers: readonly string[]; readonly currencies: readonly Currency[] },
): Promise<InvoiceBooks> {
  const where = { organizationId: ctx.organization.id };
  const order = { where, orderBy: { id: "asc" } } as const;
  const ofProvider = { id: true, name: true, serviceProviderId: true } as const;
  return {
    providers: await db.serviceProvider.findMany({ ...order, select: { id: true, name: true } }),
    contracts: await db.subscription.findMany({ ...order, select: ofProvider }),
    plans: await db.plan.findMany({ ...order, select: ofProvider }),
    accounts: await db.apiAccount.findMany({ ...order, select: { ...ofProvider, externalId: true } }),
    invoices: await findInvoicesByNumber(db, ctx, numbers),
    rates: await findRates(db, ctx, currencies),
  };
}

async function findInvoicesByNumber(db: Db, ctx: Ctx, numbers: readonly string[]): Promise<KnownInvoice[]> {
  const rows = await db.$queryRaw<(Omit<KnownInvoice, "billedCostMinor"> & { billedCostMinor: bigint })[]>`
    SELECT service_provider_id AS "serviceProviderId", number, issue_date::text AS "issueDate", currency,
           billed_cost_minor AS "billedCostMinor"
    FROM invoice
    WHERE organization_id = ${ctx.organization.id}::uuid AND voided_at IS NULL
      AND lower(number) IN (SELECT lower(wanted) FROM unnest(${numbers}::text[]) AS wanted)`;
  return rows.map((row) => ({ ...row, billedCostMinor: Number(row.billedCostMinor) }));
}

async function findRates(db: Db, ctx: Ctx, currencies: readonly Currency[]): Promise<ExchangeRate[]> {
  const { id: organizationId, baseCurrency } = ctx.organization;
  const rows = await db.exchangeRate.findMany({
    where: { organizationId, toCurrency: baseCurrency, fromCurrency: { in: [...currencies] } },
    select: { date: true, fromCurrency: true, rate: true },
  });
  return rows.map(({ date, fromCurrency, rate }) => ({
    date: fromDbDate(date),
    from: fromCurrency,
    to: baseCurrency,
    rate: rate.toFixed(),
  }));
}

/** Invoices by id that still count, in the order of their making. */
export async function findCounting(
  db: Db,
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; version: number }[]> {
  return await db.invoice.findMany({
    where: { organizationId: ctx.organization.id, id: { in: [...ids] }, voidedAt: null },
    orderBy: { id: "asc" },
    select: { id: true, version: true },
  });
}
