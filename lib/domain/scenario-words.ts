import { dateText, monthText } from "./date-text";
import type { Money } from "./money";
import { moneyText } from "./money-text";
import type { ScenarioChange } from "./scenario";

/** Changes of a scenario in sentences, in one place, so that a page and the interface say the same. */

type Words = {
  /** Of contracts, plans, accounts and products, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly locale: string;
};

/** "3 fewer seats of Team Standard in Claude Team from 1 March 2027 on." */
export function scenarioChangeText(change: ScenarioChange, { names, locale }: Words): string {
  const name = (id: string) => names.get(id) ?? "something that is gone";
  const price = (value: Money) => moneyText(value, locale, { withCurrency: true });
  switch (change.kind) {
    case "seats": {
      const count = Math.abs(change.seats);
      const more = change.seats > 0 ? "more" : "fewer";
      return `${count} ${more} ${seatWord(count)} of ${name(change.planId)} in ${name(change.subscriptionId)} from ${dateText(change.from)} on.`;
    }
    case "plan": {
      const all = change.seats === null;
      const who = all ? "All seats" : `${change.seats} ${seatWord(change.seats ?? 0)}`;
      const verb = change.seats === 1 ? "moves" : "move";
      return `${who} of ${name(change.planId)} in ${name(change.subscriptionId)} ${verb} to ${name(change.toPlanId)} on ${dateText(change.from)}.`;
    }
    case "seat_price":
      return `A seat of ${name(change.planId)} in ${name(change.subscriptionId)} costs ${price(change.unitPrice)} from ${dateText(change.from)} on.`;
    case "list_price":
      return `The list asks ${price(change.unitPrice)} a ${change.billingInterval} for a seat of ${name(change.planId)} from ${dateText(change.from)} on, which contracts at list price pay from their renewal.`;
    case "model":
      return `${change.percent} % of the tokens of ${change.model} go to ${change.toModel}${placeText(change, name)} from ${monthText(change.from)} on.`;
    case "cache":
      return `${change.percent} % of the uncached input is read from a cache${placeText(change, name)} from ${monthText(change.from)} on, ${change.readsPerWrite} ${change.readsPerWrite === 1 ? "time" : "times"} for each time that it is written.`;
    case "batch":
      return `${change.percent} % of what is served at once goes in batches${placeText(change, name)} from ${monthText(change.from)} on.`;
    case "model_price":
      return `${change.model} costs ${Math.abs(change.percent)} % ${change.percent > 0 ? "more" : "less"} from ${monthText(change.from)} on.`;
    case "growth": {
      const grows = change.percent > 0 ? "grows" : "shrinks";
      const by = `${Math.abs(change.percent)} %`;
      return change.every === "month"
        ? `The use of ${name(change.productId)} ${grows} by ${by} every month from ${monthText(change.from)} on.`
        : `The use of ${name(change.productId)} ${grows} by ${by} from ${monthText(change.from)} on.`;
    }
    default: {
      const unhandled: never = change;
      return unhandled;
    }
  }
}

const seatWord = (count: number): string => (count === 1 ? "seat" : "seats");

function placeText(
  { apiAccountId, productId }: { apiAccountId: string | null; productId: string | null },
  name: (id: string) => string,
): string {
  const on = apiAccountId === null ? "" : ` on ${name(apiAccountId)}`;
  return `${on}${productId === null ? "" : ` for ${name(productId)}`}`;
}

/** What could not be told of a change: a model without a list price leaves its cost as it is. */
export const unpricedModelText = (model: string): string =>
  model === ""
    ? "Of some use the model is not known: its cost stays as it is."
    : `${model}, or a model that it goes to, has no list price: its cost stays as it is.`;

export const unpricedPlanText = (plan: string): string =>
  `${plan} has no list price in force on the day of the move: the seats stay where they are.`;

export const NO_USE_TEXT = "Of some accounts no use by model is known: only growth changes their cost.";
