import { type Currency, fractionDigits } from "./currency";
import { divideHalfEven, minorOfNano } from "./decimal";
import type { HistoryForecast } from "./metered-forecast";
import { type Month, monthOf } from "./month";
import { ONE } from "./scenario-use";

/** Who bears a part of an account's cost, in what proportion, and by what that part changes. */
export type ChangedBearer = { readonly weight: bigint; readonly factor: bigint };

/** The weights of what each part comes to; those that were there where nothing is left of any. */
export function changedWeights(bearers: readonly ChangedBearer[]): bigint[] {
  const changed = bearers.map(({ weight, factor }) => weight * factor);
  return changed.some((weight) => weight > 0n) ? changed : bearers.map(({ weight }) => weight);
}

/**
 * A history's forecast as a scenario would have it: each day to come in the proportion in which its parts change, rounded
 * half to even to a whole nano-unit. The running month stays, since what changes does so from a later one on.
 *
 * @param bearersOf who bears a month; nobody: the month stays
 */
export function changedForecast(
  forecast: HistoryForecast,
  { running, currency }: { running: Month; currency: Currency },
  bearersOf: (month: Month) => readonly ChangedBearer[],
): HistoryForecast {
  const changed = new Map<Month, { readonly numerator: bigint; readonly denominator: bigint }>();
  for (const { month } of forecast.months) {
    const bearers = month > running ? bearersOf(month) : [];
    if (bearers.every(({ factor }) => factor === ONE)) continue;
    changed.set(month, {
      numerator: bearers.reduce((sum, { weight, factor }) => sum + weight * factor, 0n),
      denominator: bearers.reduce((sum, { weight }) => sum + weight * ONE, 0n),
    });
  }
  if (changed.size === 0) return forecast;
  const ahead = forecast.ahead.map(({ day, costNano }) => {
    const by = changed.get(monthOf(day));
    return { day, costNano: by ? divideHalfEven(costNano * by.numerator, by.denominator) : costNano };
  });
  const sums = new Map<Month, bigint>();
  for (const { day, costNano } of ahead) {
    sums.set(monthOf(day), (sums.get(monthOf(day)) ?? 0n) + costNano);
  }
  const months = forecast.months.map((month) => {
    if (!changed.has(month.month)) return month;
    const expectedMinor = minorOfNano(sums.get(month.month) ?? 0n, fractionDigits(currency));
    // How far it may be off is told of the forecast, which a scenario stands beside.
    return { ...month, expectedMinor, belowMinor: 0, aboveMinor: 0 };
  });
  return { ...forecast, months, ahead };
}
