import { ACTIVE_DAYS_MIN, type Doubt, type Verdict } from "./break-even";
import type { Money } from "./money";
import { moneyText } from "./money-text";

/** Advice about plans in sentences, in one place: about the plan, never about who holds it. */

export const VERDICT_NAMES = {
  upgrade: "Upgrade",
  downgrade: "Downgrade",
  move_to_api: "Move to API",
  take_seat: "Take a seat",
  keep: "Keep",
  stay_on_api: "Stay on API",
  not_enough_data: "Not enough data",
} as const satisfies Record<Verdict, string>;

export type AdviceWords = {
  readonly verdict: Verdict;
  readonly doubt: Doubt | null;
  readonly seatPrice: Money | null;
  readonly apiEquivalent: Money | null;
  readonly onTop: Money | null;
  readonly metered: Money | null;
  readonly activeDays: number;
  /** The plan to go to. */
  readonly plan: string | null;
  readonly saving: Money | null;
  readonly turnsAtDays: number | null;
  readonly turnsAt: Money | null;
};

/** No month has more days. */
const DAYS_MAX = 31;

/** Why: the two amounts that decided. */
export function reasonText(words: AdviceWords, locale: string): string {
  const { verdict, doubt, seatPrice, apiEquivalent, onTop, metered, plan, turnsAt, saving, activeDays } =
    words;
  const text = (amount: Money | null) => (amount === null ? "" : moneyText(amount, locale));
  const compared = `The seat costs ${text(seatPrice)} a month, the same use on the API would cost ${text(apiEquivalent)}.`;
  switch (verdict) {
    case "upgrade":
      return onTop !== null && onTop.minor > 0
        ? `${text(onTop)} a month are charged on top of the seat; ${plan} costs ${text(turnsAt)} more.`
        : `The seat's limits stopped the work; ${plan} costs ${text(turnsAt)} more.`;
    case "downgrade":
      return `${compared} ${plan} costs ${text(saving)} less, for as long as its limits are enough.`;
    case "move_to_api":
      return `${compared} That is less than any plan.`;
    case "take_seat":
      return `${text(metered)} a month were spent on keys; ${plan} costs ${text(turnsAt)}, if its limits are enough.`;
    case "keep":
      return turnsAt === null
        ? compared
        : `${text(onTop)} a month are charged on top of the seat, no more than a dearer plan costs more.`;
    case "stay_on_api":
      return `${text(metered)} a month were spent on keys, no more than any plan costs.`;
    case "not_enough_data":
      return doubtText(doubt, activeDays);
  }
}

function doubtText(doubt: Doubt | null, activeDays: number): string {
  if (doubt === "price_unknown") return "Some of the use is of a model without a price.";
  if (doubt === "rate_missing") return "A price is in a currency without an exchange rate on that day.";
  if (activeDays === 0) return "No day with use is known.";
  return `${activeDays} ${activeDays === 1 ? "day" : "days"} with use; a verdict needs ${ACTIVE_DAYS_MIN}.`;
}

/** What would change it; empty where nothing is advised. */
export function turnText({ verdict, turnsAtDays, turnsAt }: AdviceWords, locale: string): string {
  const amount = turnsAt === null ? "" : moneyText(turnsAt, locale);
  const days = turnsAtDays === null || turnsAtDays > DAYS_MAX ? null : daysText(turnsAtDays);
  switch (verdict) {
    case "upgrade":
      return `Stays right while more than ${amount} a month are charged on top.`;
    case "downgrade": {
      const onTop = `when ${amount} a month are charged on top of the smaller plan`;
      return days === null ? `Turns ${onTop}.` : `Turns from ${days} a month on, or ${onTop}.`;
    }
    case "move_to_api":
      return days === null
        ? "At this use a day no month has days enough for a seat to pay."
        : `A seat pays again from ${days} a month on.`;
    case "take_seat":
      return `Stays right while more than ${amount} a month are spent on keys.`;
    case "keep": {
      if (turnsAt !== null) return `A dearer plan pays from more than ${amount} a month on top.`;
      return days === null ? "" : `Stays right down to ${days} a month.`;
    }
    case "stay_on_api":
      return turnsAt === null ? "" : `A seat may pay from more than ${amount} a month on.`;
    case "not_enough_data":
      return "";
  }
}

const daysText = (days: number): string => `${days} active ${days === 1 ? "day" : "days"}`;

/** "2 downgrade, 1 move to API": the verdicts that change something, those first that are most. */
export function verdictsText(verdicts: Readonly<Partial<Record<Verdict, number>>>): string {
  const parts = Object.entries(verdicts) as [Verdict, number][];
  return parts
    .toSorted(([, a], [, b]) => b - a)
    .map(([verdict, count]) => `${count} ${lower(VERDICT_NAMES[verdict])}`)
    .join(", ");
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
