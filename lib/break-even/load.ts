import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { loadRates } from "@/lib/books/rates-data";
import { findCatalogue, findContracts, findHoldings, findPeople } from "@/lib/break-even/books-data";
import type { AdviceBooks, ToBase } from "@/lib/break-even/cases";
import { countActiveDays, sumUse } from "@/lib/break-even/use-data";
import type { Db } from "@/lib/db/client";
import { addDays, type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { convert, type ExchangeRate, findRate } from "@/lib/domain/exchange-rate";
import { money } from "@/lib/domain/money";
import {
  firstDayOf,
  type Month,
  monthOf,
  monthsBetween,
  periodOfMonth,
  shiftMonth,
} from "@/lib/domain/month";

/** Verdicts are of so many whole months: enough days, and no single odd month. */
const MONTHS = 3;

export type AskedMonths = {
  readonly from: Month;
  readonly to: Month;
  /** The day whose seats and prices are compared: today, or the last of the months where they lie further back. */
  readonly on: CalendarDate;
};

/** The three whole months that end with the one asked for, or else with the last that is over. */
export function askedMonths({ now }: Ctx, month: Month | undefined): AskedMonths {
  const today = utcDateOf(now);
  const last = shiftMonth(monthOf(today), -1);
  const to = month === undefined || month > last ? last : month;
  const on = to === last ? today : addDays(periodOfMonth(to).end, -1);
  return { from: shiftMonth(to, 1 - MONTHS), to, on };
}

/** Everything that advice about plans is made of, as far as the actor may see it. */
export async function loadAdviceBooks(db: Db, ctx: Ctx, { from, to, on }: AskedMonths): Promise<AdviceBooks> {
  const people = await findPeople(db, ctx, on);
  const memberIds = people.map(({ id }) => id);
  const contracts = await findContracts(db, ctx);
  const catalogue = await findCatalogue(db, ctx);
  const use = await sumUse(db, ctx, { from, to });
  const days = await countActiveDays(db, ctx, { from, to });
  const holdings = await findHoldings(db, ctx, { from: firstDayOf(from), until: addDays(on, 1), memberIds });
  const currencies = new Set([...use, ...catalogue.prices].map(({ currency }) => currency));
  for (const { terms } of contracts.values()) for (const { currency } of terms) currencies.add(currency);
  const rates = await loadRates(db, ctx, [...currencies]);
  const toBase = inBase(rates, ctx.organization.baseCurrency, on);
  return { people, holdings, contracts, catalogue, use, days, months: monthsBetween(from, to), on, toBase };
}

/** Converts at the last rate published by a day. */
export function inBase(rates: readonly ExchangeRate[], base: string, date: CalendarDate): ToBase {
  const found = new Map<string, ExchangeRate | null>();
  return (minor, currency) => {
    if (currency === base) return minor;
    if (!found.has(currency)) found.set(currency, findRate(rates, { from: currency, to: base, date }));
    const rate = found.get(currency);
    return rate ? convert(money(minor, currency), rate).minor : null;
  };
}
