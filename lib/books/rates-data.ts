import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import type { ExchangeRate } from "@/lib/domain/exchange-rate";

/** The rates from these currencies to the organization's, in time order. */
export async function loadRates(db: Db, ctx: Ctx, currencies: readonly string[]): Promise<ExchangeRate[]> {
  const { id: organizationId, baseCurrency } = ctx.organization;
  const foreign = currencies.filter((currency) => currency !== baseCurrency);
  if (foreign.length === 0) return [];
  const rows = await db.exchangeRate.findMany({
    where: { organizationId, toCurrency: baseCurrency, fromCurrency: { in: foreign } },
    orderBy: { date: "asc" },
    select: { date: true, fromCurrency: true, rate: true },
  });
  return rows.map(({ date, fromCurrency, rate }) => ({
    date: fromDbDate(date),
    from: fromCurrency,
    to: baseCurrency,
    rate: rate.toFixed(),
  }));
}
