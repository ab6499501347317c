import { addDays, type CalendarDate } from "./calendar-date";
import { type Currency, fractionDigits } from "./currency";
import { minorOfNano } from "./decimal";
import type { ForecastReach } from "./expected-cost";
import { type CostOfDay, forecasterOf, type MeteredForecast } from "./forecast";
import { type Month, monthOf, monthsBetween, periodOfMonth, shiftMonth } from "./month";
import { contains, daysIn, type Period } from "./period";

/** Where the days of a metered history come from: what a provider reports, or charges spread over their days. */
export const FORECAST_HISTORIES = ["usage", "charges"] as const;
export type ForecastHistory = (typeof FORECAST_HISTORIES)[number];

/** The metered cost of one account, or of a contract, in one currency, as far as it is known. */
export type MeteredHistory = {
  readonly currency: Currency;
  readonly history: ForecastHistory;
  /** Ends with the first day forecast: today, or earlier when nothing of later days has come in yet. */
  readonly known: Period;
  /** Of the known days and of today. */
  readonly days: readonly CostOfDay[];
  /** Whether a day of it is still to be charged: no charge covers it. */
  readonly open: (day: CalendarDate) => boolean;
  /** Nothing is used from this day on. */
  readonly endsOn: CalendarDate | null;
};

/** What a history leads to expect beyond the ledger, by month, in minor units of its currency. */
export type HistoryForecast = {
  /** For the running month; null when it is known whole. */
  readonly near: MeteredForecast | null;
  /** For the months after it. */
  readonly later: MeteredForecast;
  readonly months: readonly ExpectedMonth[];
  /** The interval of the rest of the fiscal year. */
  readonly year: Interval;
  /** The running month's days, charged ones among them: used, then expected. */
  readonly days: readonly CostOfDay[];
  /** Each day to come that is still to be charged, to the end of what is forecast. */
  readonly ahead: readonly CostOfDay[];
};

/** How far an 80 % interval reaches below and above what is expected; null where nothing tells. */
export type Interval = { readonly belowMinor: number | null; readonly aboveMinor: number | null };

export type ExpectedMonth = Interval & { readonly month: Month; readonly expectedMinor: number };

/** A quarter: what was last used longer ago is not expected to come back. */
export const DAYS_REMEMBERED = 92;

/** How many days are looked back: the backtest's quarter, as many to try, and four weeks before them. */
export const HISTORY_DAYS = 210;

/**
 * Forecasts a metered history. The running month is told over its own few days, the later ones over the whole way that is
 * forecast, each by the method that did best over as many days; the interval of the fiscal year is that of a forecast to
 * its end. Today counts what was expected of it, or what was used on it already if that is more.
 *
 * @returns null when nothing was used for a quarter
 */
export function forecastHistory(
  { currency, history, known, days, open, endsOn }: MeteredHistory,
  { today, yearEnd, end }: ForecastReach,
): HistoryForecast | null {
  if (known.end < addDays(today, -DAYS_REMEMBERED)) return null;
  const forecast = forecasterOf(days, { known, currency });
  const until = (last: CalendarDate) => (known.end < last ? forecast(last) : null);
  const running = periodOfMonth(monthOf(today));
  const [near, year, later] = [until(running.end), until(yearEnd), until(end)];
  if (!later) return null;

  const used = sumByDay(days);
  const lasts = (day: CalendarDate) => endsOn === null || day < endsOn;
  const atLeastUsed = ({ day, costNano }: CostOfDay): CostOfDay => {
    const already = used.get(day) ?? 0n;
    return { day, costNano: already > costNano ? already : costNano };
  };
  const expected = [
    ...(near?.days ?? []).filter(({ day }) => day < running.end),
    ...later.days.filter(({ day }) => day >= running.end),
  ]
    .filter(({ day }) => lasts(day))
    .map(atLeastUsed);
  const charged = expected.filter(({ day }) => open(day));
  const past = [...used].map(([day, costNano]) => ({ day, costNano }));
  // Charges are in the ledger as billed; of use, what is open is there as estimated up to today.
  const estimated = history === "usage" ? past.filter(({ day }) => day <= today && open(day)) : [];
  const minor = (nano: bigint) => minorOfNano(nano, fractionDigits(currency));
  const months = monthsBetween(monthOf(today), shiftMonth(monthOf(end), -1)).map((month) => {
    const inMonth = ({ day }: CostOfDay) => monthOf(day) === month;
    const ledger = total(estimated.filter(inMonth));
    const before = total(estimated.filter((cost) => inMonth(cost) && cost.day < known.end));
    const rest = total(charged.filter(inMonth));
    const interval = month === monthOf(today) ? intervalOf(near, rest) : UNKNOWN;
    return { month, expectedMinor: minor(before + rest) - minor(ledger), ...interval };
  });
  return {
    near,
    later,
    months,
    year: intervalOf(year, total(charged.filter(({ day }) => day < yearEnd && day >= running.start))),
    days: [...past.filter(({ day }) => day < known.end), ...expected]
      .filter(({ day }) => contains(running, day))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
    ahead: charged,
  };
}

const UNKNOWN: Interval = { belowMinor: null, aboveMinor: null };
const EXACT: Interval = { belowMinor: 0, aboveMinor: 0 };

/** The part of a forecast's interval for the part of its days that count; exact where none is left to forecast. */
function intervalOf(forecast: MeteredForecast | null, countedNano: bigint): Interval {
  const all = forecast ? total(forecast.days) : 0n;
  if (!forecast || countedNano === 0n || all === 0n) return EXACT;
  if (!forecast.tested) return UNKNOWN;
  const share = Math.min(1, Number(countedNano) / Number(all));
  const { lowMinor, highMinor } = forecast.tested;
  return {
    belowMinor: Math.round((forecast.expectedMinor - lowMinor) * share),
    aboveMinor: Math.round((highMinor - forecast.expectedMinor) * share),
  };
}

function sumByDay(days: readonly CostOfDay[]): Map<CalendarDate, bigint> {
  const sums = new Map<CalendarDate, bigint>();
  for (const { day, costNano } of days) sums.set(day, (sums.get(day) ?? 0n) + costNano);
  return sums;
}

const total = (days: readonly CostOfDay[]): bigint => days.reduce((sum, { costNano }) => sum + costNano, 0n);

/** A charge on an account or contract, as a part of its history. */
export type HistoryCharge = { readonly period: Period; readonly costNano: bigint };

/** Charges as the cost of each of their days, spread evenly; a part that does not divide lies on the first days. */
export function daysOfCharges(charges: readonly HistoryCharge[], within: Period): CostOfDay[] {
  return charges.flatMap(({ period, costNano }) => {
    const count = daysIn(period);
    if (count === 0) return [];
    const each = costNano / BigInt(count);
    const over = Number(costNano - each * BigInt(count));
    const step = Math.sign(over);
    return Array.from({ length: count }, (_, index) => ({
      day: addDays(period.start, index),
      costNano: each + (index < Math.abs(over) ? BigInt(step) : 0n),
    })).filter(({ day }) => contains(within, day));
  });
}
