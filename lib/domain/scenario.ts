import { addDays, type CalendarDate } from "./calendar-date";
import type { BillingInterval } from "./facts";
import type { Money } from "./money";
import { type Month, monthOf, shiftMonth } from "./month";

/** What a scenario may change; the order in which its changes stand means nothing. */
export const CHANGE_KINDS = [
  "seats",
  "plan",
  "seat_price",
  "list_price",
  "model",
  "cache",
  "batch",
  "model_price",
  "growth",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

type OfContract = {
  readonly subscriptionId: string;
  readonly planId: string;
  /** The first day; one that has come already counts from tomorrow. */
  readonly from: CalendarDate;
};

/** So many seats of a plan more, or fewer. */
export type SeatsChange = OfContract & { readonly kind: "seats"; readonly seats: number };

/** Seats move to another plan of the same contract; null: all of them, those that come later among them. */
export type PlanChange = OfContract & {
  readonly kind: "plan";
  readonly toPlanId: string;
  readonly seats: number | null;
};

/** What a seat costs for each billing interval, whatever was agreed for later days. */
export type SeatPriceChange = OfContract & { readonly kind: "seat_price"; readonly unitPrice: Money };

/** The list asks another price, which comes to each contract that pays the list's with its renewal. */
export type ListPriceChange = {
  readonly kind: "list_price";
  readonly planId: string;
  readonly billingInterval: BillingInterval;
  readonly from: CalendarDate;
  readonly unitPrice: Money;
};

/** Whose metered use: of an account with all below it, of a product, of what is both; of neither, all of it. */
type OfUse = {
  readonly apiAccountId: string | null;
  readonly productId: string | null;
  /** The first month; one that has begun already counts from the next. */
  readonly from: Month;
};

/** A part of a model's tokens goes to another model, token for token. */
export type ModelChange = OfUse & {
  readonly kind: "model";
  readonly model: string;
  readonly toModel: string;
  readonly percent: number;
};

/** A part of the input that no cache serves is read from one instead, after it was written there (for 5 minutes). */
export type CacheChange = OfUse & {
  readonly kind: "cache";
  readonly percent: number;
  /** How often what was written is read. */
  readonly readsPerWrite: number;
};

/** A part of what is served at once is served in batches. */
export type BatchChange = OfUse & { readonly kind: "batch"; readonly percent: number };

/** A model's list price changes by so many percent, of every kind of token. */
export type ModelPriceChange = {
  readonly kind: "model_price";
  readonly model: string;
  readonly from: Month;
  readonly percent: number;
};

/** A product's metered use grows, or shrinks: once, or by the same part every month. */
export type GrowthChange = {
  readonly kind: "growth";
  readonly productId: string;
  readonly from: Month;
  readonly percent: number;
  readonly every: "once" | "month";
};

export type ContractChange = SeatsChange | PlanChange | SeatPriceChange;
export type UseChange = ModelChange | CacheChange | BatchChange | ModelPriceChange | GrowthChange;
export type ScenarioChange = ContractChange | ListPriceChange | UseChange;

export const isOfContract = (change: ScenarioChange): change is ContractChange =>
  change.kind === "seats" || change.kind === "plan" || change.kind === "seat_price";

export const isOfUse = (change: ScenarioChange): change is UseChange =>
  !isOfContract(change) && change.kind !== "list_price";

/**
 * The changes in one order, whatever theirs was, so that nothing that follows can depend on it: by when they begin, then
 * by what they say. What has begun already counts from tomorrow, of metered use from the next month.
 */
export function settledChanges(changes: readonly ScenarioChange[], today: CalendarDate): ScenarioChange[] {
  const [tomorrow, nextMonth] = [addDays(today, 1), shiftMonth(monthOf(today), 1)];
  return changes
    .map((change) => ({ change, key: `${change.from} ${JSON.stringify(change)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ change }) => {
      const first = isOfUse(change) ? nextMonth : tomorrow;
      return change.from >= first ? change : { ...change, from: first };
    });
}

/** A change that cannot stand beside another, with why. */
export type ChangeConflict = { readonly index: number; readonly message: string };

/**
 * The changes that say something else than another one about the same thing: which of them counts would be a matter of
 * their order, and that is to mean nothing. More and fewer seats add up, growth multiplies, so they may stand together.
 *
 * @returns each later one of two, by its place in the list
 */
export function conflictsOf(changes: readonly ScenarioChange[]): ChangeConflict[] {
  const first = new Set<string>();
  const twice = changes.flatMap((change, index): ChangeConflict[] => {
    const key = keyOf(change);
    if (key === null) return [];
    if (first.has(key)) return [{ index, message: TWICE[change.kind] }];
    first.add(key);
    return [];
  });
  const moves = changes.filter((change) => change.kind === "plan");
  const onward = changes.flatMap((change, index): ChangeConflict[] => {
    if (change.kind !== "plan") return [];
    const movedOn = moves.some(
      ({ subscriptionId, planId }) => subscriptionId === change.subscriptionId && planId === change.toPlanId,
    );
    return movedOn
      ? [{ index, message: "Seats are moved away from that plan: move them there at once." }]
      : [];
  });
  return [...twice, ...onward];
}

const TWICE: Readonly<Record<ChangeKind, string>> = {
  seats: "",
  plan: "These seats are moved already: one move for each plan of a contract.",
  seat_price: "This price changes on that day already.",
  list_price: "This list price changes on that day already.",
  model: "This model goes to that one from that month already.",
  cache: "The cache changes there from that month already.",
  batch: "Batches change there from that month already.",
  model_price: "This model's price changes in that month already.",
  growth: "This product grows from that month already.",
};

/** What it says something about; null: any number may say something. */
function keyOf(change: ScenarioChange): string | null {
  const { kind } = change;
  switch (kind) {
    case "seats":
      return null;
    case "plan":
      return [kind, change.subscriptionId, change.planId].join(" ");
    case "seat_price":
      return [kind, change.subscriptionId, change.planId, change.from].join(" ");
    case "list_price":
      return [kind, change.planId, change.billingInterval, change.unitPrice.currency, change.from].join(" ");
    case "model":
      return [kind, change.apiAccountId, change.productId, change.from, change.model, change.toModel].join(
        " ",
      );
    case "cache":
    case "batch":
      return [kind, change.apiAccountId, change.productId, change.from].join(" ");
    case "model_price":
      return [kind, change.model, change.from].join(" ");
    case "growth":
      return [kind, change.productId, change.every, change.from].join(" ");
    default: {
      const unhandled: never = kind;
      return unhandled;
    }
  }
}
