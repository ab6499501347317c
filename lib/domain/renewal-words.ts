import type { CalendarDate } from "./calendar-date";
import { dateText } from "./date-text";
import type { BillingInterval } from "./facts";
import type { Money } from "./money";
import { moneyText } from "./money-text";

/** Renewals in words, in one place, so that a page and a calendar say the same. */

export type RenewalWords = {
  readonly name: string;
  readonly serviceProvider: string;
  readonly renewsOn: CalendarDate;
  readonly cancelBy: CalendarDate;
  readonly noticeDays: number | null;
  readonly seats: readonly {
    readonly plan: string;
    readonly seats: number;
    readonly unitPrice: Money;
    readonly before: Money | null;
    readonly listedOn: CalendarDate | null;
  }[];
  readonly costs: readonly Money[];
  readonly billingInterval: BillingInterval;
  readonly intervals: number;
};

const INTERVALS: Readonly<Record<BillingInterval, string>> = { month: "month", year: "year" };

/** "10 seats of Claude Team Standard at 240.00 USD a year": what is bought anew. */
export function seatsText({ seats, billingInterval }: RenewalWords, locale: string): string {
  const parts = seats.map(({ plan, seats: count, unitPrice }) => {
    const price = moneyText(unitPrice, locale, { withCurrency: true });
    return `${count} ${count === 1 ? "seat" : "seats"} of ${plan} at ${price} a ${INTERVALS[billingInterval]}`;
  });
  return parts.join(", ");
}

/** Why it costs another amount than before; empty where it does not. */
export function changeText({ seats }: RenewalWords, locale: string): string {
  return seats
    .flatMap(({ plan, unitPrice, before, listedOn }) => {
      if (before === null || listedOn === null) return [];
      const [then, now] = [moneyText(before, locale), moneyText(unitPrice, locale)];
      return [`${plan} goes from ${then} to ${now}, as the list asks from ${dateText(listedOn)} on.`];
    })
    .join(" ");
}

/** "2,400.00 USD", or what twelve months of it are. */
export function costText({ costs, intervals, billingInterval }: RenewalWords, locale: string): string {
  const all = costs.map((cost) => moneyText(cost, locale, { withCurrency: true })).join(" and ");
  if (intervals === 1) return all;
  const whole = costs.map((cost) =>
    moneyText({ ...cost, minor: cost.minor * intervals }, locale, { withCurrency: true }),
  );
  return `${whole.join(" and ")} (${intervals} times ${all} a ${INTERVALS[billingInterval]})`;
}

/** How the last day to act is known. */
export function noticeText({ noticeDays }: Pick<RenewalWords, "noticeDays">): string {
  if (noticeDays === null) return "no notice is stated, so the day before";
  return `${noticeDays} ${noticeDays === 1 ? "day" : "days"}' notice`;
}

/** The two days of a renewal as a calendar shows them: when it happens, and the last day to call it off. */
export function calendarDays(words: RenewalWords, id: string, locale: string) {
  const { name, renewsOn, cancelBy } = words;
  const text = [seatsText(words, locale), costText(words, locale), changeText(words, locale)]
    .filter((line) => line !== "")
    .join("\n");
  return [
    {
      id: `${id}-${renewsOn}-act`,
      date: cancelBy,
      title: `Last day to change ${name}`,
      text: `It renews on ${dateText(renewsOn)}: ${noticeText(words)}.\n${text}`,
    },
    { id: `${id}-${renewsOn}`, date: renewsOn, title: `${name} renews`, text },
  ];
}
