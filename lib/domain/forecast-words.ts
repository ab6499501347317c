import { addDays, type CalendarDate } from "./calendar-date";
import { dateText, monthText } from "./date-text";
import type { ForecastMethod } from "./forecast-methods";
import type { ForecastHistory } from "./metered-forecast";
import type { Money } from "./money";
import { moneyText } from "./money-text";
import type { Month } from "./month";

/** The forecast in sentences, in one place, so that a page, the interface and a report say the same. */

export const METHOD_NAMES = {
  trailing_mean: "the mean of the last 28 days",
  seasonal_naive: "the same weekday of the week before",
  damped_trend: "the trend of whole weeks, fading",
} as const satisfies Record<ForecastMethod, string>;

export type Range = { readonly low: Money; readonly high: Money };

/** "lands at 12,340.00 USD, 80 % between 11,900.00 and 12,900.00" */
export function landingText(forecast: Money, range: Range | null, locale: string): string {
  const lands = `lands at ${moneyText(forecast, locale, { withCurrency: true })}`;
  if (range === null || range.low.minor === range.high.minor) return lands;
  return `${lands}, 80 % between ${moneyText(range.low, locale)} and ${moneyText(range.high, locale)}`;
}

export type MethodWords = {
  readonly history: ForecastHistory;
  readonly historyDays: number;
  readonly knownUntil: CalendarDate;
  readonly method: ForecastMethod;
  readonly errorPercent: number | null;
  readonly testedDays: number | null;
  readonly laterMethod: ForecastMethod;
};

/** How an account's forecast was made, and how far such a one was off on the account's own past. */
export function methodText(words: MethodWords): string {
  const { history, historyDays, knownUntil, method, errorPercent, testedDays, laterMethod } = words;
  const days = `${historyDays} ${historyDays === 1 ? "day" : "days"}`;
  const source = history === "usage" ? `${days} of use` : `${days} of charges, spread evenly over their days`;
  const until = `known to ${dateText(addDays(knownUntil, -1))}`;
  if (testedDays === null) {
    return `From ${source}, ${until}. These are fewer than 14 days, so their mean is taken, and nothing tells yet how far off it is.`;
  }
  const later =
    laterMethod === method
      ? ""
      : ` Later months follow ${METHOD_NAMES[laterMethod]}, which did best over longer spans.`;
  const over = testedDays === 1 ? "single days" : `totals of ${testedDays} days`;
  const error =
    errorPercent === null
      ? "nothing was used in the days that it was tried on"
      : `its ${over} were off by ${percentText(errorPercent)} of what came`;
  return `From ${source}, ${until}. Follows ${METHOD_NAMES[method]}, which came closest on this account's own past: ${error}.${later}`;
}

const percentText = (percent: number): string =>
  `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;

export type LimitWords = {
  readonly month: Month;
  readonly today: CalendarDate;
  readonly limit: Money;
  readonly forecast: Money;
  readonly left: Money;
  readonly reachedOn: CalendarDate | null;
};

/** What a month comes to beside its provider's limit, and the day on which that stops the account. */
export function limitText(
  { month, today, limit, forecast, left, reachedOn }: LimitWords,
  locale: string,
): string {
  const comes = `${monthText(month)} comes to ${moneyText(forecast, locale)} of ${moneyText(limit, locale, { withCurrency: true })}`;
  if (reachedOn === null) return `${comes}, which leaves ${moneyText(left, locale)}.`;
  const when = reachedOn < today ? "was reached" : "is reached";
  const over = left.minor < 0 ? `, ${moneyText({ ...left, minor: -left.minor }, locale)} too much` : "";
  return `${comes}${over}. The limit ${when} on ${dateText(reachedOn)}; the provider stops the account there.`;
}

export type MaximumWords = {
  readonly committed: Money;
  readonly spendLimits: Money;
  readonly maximum: Money | null;
  /** What has no limit. */
  readonly unlimited: readonly string[];
};

/** The most that a provider can bill, or why nobody can say. */
export function maximumText(
  { committed, spendLimits, maximum, unlimited }: MaximumWords,
  locale: string,
): string {
  const parts = [
    ...(committed.minor === 0 ? [] : [`${moneyText(committed, locale)} for seats`]),
    ...(spendLimits.minor === 0 ? [] : [`${moneyText(spendLimits, locale)} of spend limits`]),
  ].join(" and ");
  if (maximum !== null) {
    return `At most ${moneyText(maximum, locale, { withCurrency: true })}${parts === "" ? "" : `: ${parts}`}.`;
  }
  const [first = "", ...others] = unlimited;
  const names = others.length === 0 ? `“${first}” has` : `“${first}” and ${others.length} more have`;
  return `No maximum: ${names} no spend limit.${parts === "" ? "" : ` Beside that, ${parts}.`}`;
}

export type ContractWords = {
  /** Terms that begin after today, agreed or proposed by a list price. */
  readonly changes: readonly {
    readonly plan: string;
    readonly startsOn: CalendarDate;
    readonly seats: number;
    readonly unitPrice: Money;
    readonly listedOn: CalendarDate | null;
  }[];
  readonly endsOn: CalendarDate | null;
  readonly renewsOn: CalendarDate | null;
  /** Nothing is expected of its plans: they are billed as they are used. */
  readonly asBilled: boolean;
  /** It was charged for use beyond its seats lately. */
  readonly beyondSeats: boolean;
};

/** Why a seat contract's forecast is what it is. */
export function contractText(words: ContractWords, locale: string): string {
  const { changes, endsOn, renewsOn, asBilled, beyondSeats } = words;
  const sentences = [
    asBilled
      ? "Billed as it comes: nothing is expected of its seats."
      : "Exact: the charges that its seats, terms and cycles bring.",
    ...changes.map(({ plan, startsOn, seats, unitPrice, listedOn }) => {
      const term = `${seats} ${seats === 1 ? "seat" : "seats"} of ${plan} at ${moneyText(unitPrice, locale, { withCurrency: true })}`;
      return listedOn === null
        ? `From ${dateText(startsOn)}: ${term}.`
        : `From the renewal on ${dateText(startsOn)}: ${term}, the list price from ${dateText(listedOn)}.`;
    }),
    ...(endsOn === null ? [] : [`Ends on ${dateText(endsOn)}.`]),
    ...(renewsOn === null || endsOn !== null ? [] : [`Renews on ${dateText(renewsOn)}.`]),
    ...(beyondSeats ? ["Use beyond its seats is expected to go on as it was charged lately."] : []),
  ];
  return sentences.join(" ");
}
