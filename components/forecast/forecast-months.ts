import { monthsOfPeriod } from "@/lib/domain/budget-period";
import { type Month, shiftMonth } from "@/lib/domain/month";

/** The running month and what is left of its fiscal year; near the year's end two months more. */
export function forecastMonths(running: Month, fiscalYearStart: number) {
  const { to } = monthsOfPeriod("fiscal_year", running, fiscalYearStart);
  const least = shiftMonth(running, 2);
  return { from: running, to: to > least ? to : least };
}
