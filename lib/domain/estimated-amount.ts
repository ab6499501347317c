import type { Books } from "./books";
import { addDays } from "./calendar-date";
import type { Currency } from "./currency";
import { convert, type ExchangeRate, findRate } from "./exchange-rate";
import type { Amount } from "./ledger-entry";
import { money } from "./money";
import { type Month, periodOfMonth } from "./month";

/**
 * An estimate for a month in its own currency and in the books', at the rate of the month's last day, or of today while
 * the month runs; converted once, half to even.
 *
 * @returns null when there is no rate: then there is no estimate
 */
export function estimatedAmount(
  costMinor: number,
  currency: Currency,
  month: Month,
  books: Pick<Books, "baseCurrency" | "rates" | "today">,
): { readonly rate: ExchangeRate | null; readonly amount: Amount } | null {
  if (currency === books.baseCurrency) return { rate: null, amount: { costMinor, baseCostMinor: costMinor } };
  const lastDay = addDays(periodOfMonth(month).end, -1);
  const date = lastDay < books.today ? lastDay : books.today;
  const rate = findRate(books.rates, { from: currency, to: books.baseCurrency, date });
  if (rate === null) return null;
  return { rate, amount: { costMinor, baseCostMinor: convert(money(costMinor, currency), rate).minor } };
}

/**
 * The same for what is still expected: where the rate of the day is not there yet, at the last one that is known, however
 * old, because a forecast is no exact amount.
 *
 * @returns null when there never was one
 */
export function expectedAmount(
  costMinor: number,
  currency: Currency,
  month: Month,
  books: Books,
): Amount | null {
  const estimated = estimatedAmount(costMinor, currency, month, books);
  if (estimated) return estimated.amount;
  const last = books.rates
    .filter(({ from, to, date }) => from === currency && to === books.baseCurrency && date <= books.today)
    .reduce<ExchangeRate | null>((a, b) => (a === null || b.date > a.date ? b : a), null);
  return last && { costMinor, baseCostMinor: convert(money(costMinor, currency), last).minor };
}
