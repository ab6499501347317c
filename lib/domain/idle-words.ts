import { dateText } from "./date-text";
import type { Money } from "./money";
import { moneyText } from "./money-text";

export type IdleWords = {
  readonly subscription: { readonly name: string };
  readonly plan: { readonly name: string };
  /** Null where the organization does not show what so few people used. */
  readonly idle: number | null;
  readonly unassigned: number;
  readonly reassignable: Money | null;
  readonly reducible: Money | null;
  readonly renewsOn: string | null;
  readonly actBy: string | null;
};

/** What a contract pays for without use, and what can be done about it until when. */
export function idleText(words: IdleWords, locale: string): { title: string; text: string } {
  const { subscription, plan, idle, unassigned, reassignable, reducible, renewsOn, actBy } = words;
  const name = plan.name === subscription.name ? subscription.name : `${subscription.name} (${plan.name})`;
  const counts = [
    ...(idle ? [seats(idle, "idle")] : []),
    ...(unassigned > 0 ? [idle ? `${unassigned} unassigned` : seats(unassigned, "unassigned")] : []),
  ];
  const sentences = [
    ...(reassignable && reassignable.minor > 0
      ? [`${moneyText(reassignable, locale)} of it somebody else could have today.`]
      : []),
    ...(reducible && reducible.minor > 0 && renewsOn && actBy
      ? [
          `The renewal on ${dateText(renewsOn)} can cost ${moneyText(reducible, locale)} a month less, if it is changed by ${dateText(actBy)}.`,
        ]
      : []),
  ];
  return {
    title: `${name}: ${counts.join(", ") || "seats without use"}`,
    text: sentences.join(" ") || "They are paid for, and nobody is known to use them.",
  };
}

const seats = (count: number, state: string): string => `${count} ${state} ${count === 1 ? "seat" : "seats"}`;
