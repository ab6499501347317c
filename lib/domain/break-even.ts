import { divideHalfEven } from "./money";

/** With use on fewer days nothing is advised. */
export const ACTIVE_DAYS_MIN = 14;

/**
 * What to do about the seats that somebody holds at a provider; of somebody without one, who spends on keys: `take_seat`
 * or `stay_on_api`.
 */
export const VERDICTS = [
  "upgrade",
  "downgrade",
  "move_to_api",
  "take_seat",
  "keep",
  "stay_on_api",
  "not_enough_data",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why nothing is advised: too few days with use, use of a model without a price, or a price in a currency without a rate. */
export type Doubt = "few_days" | "price_unknown" | "rate_missing";

/** A plan and what a seat of it costs a month, without tax. */
export type PricedPlan = { readonly planId: string; readonly monthlyMinor: number };

/** What was used at one provider over some whole months, all amounts in one currency. */
export type SeatUse = {
  /** Whole months that the sums are of. */
  readonly months: number;
  /** UTC days with use. */
  readonly activeDays: number;
  /** API-equivalent: what the use that seats include would have cost at API list prices. Never money spent. */
  readonly coveredMinor: number;
  /** Really charged for use beyond what the seats include. */
  readonly onTopMinor: number;
  /** Really charged for use on API keys. */
  readonly meteredMinor: number;
  /** How often a seat's limit stopped the work; null: nobody knows. */
  readonly rateLimitHits: number | null;
  /** Whether some of the use has no known price, so that the sums are too low. */
  readonly unpriced: boolean;
};

export type BreakEven = {
  readonly verdict: Verdict;
  readonly doubt: Doubt | null;
  /** What the seats held cost a month. */
  readonly seatMinor: number;
  /** Means of a month. */
  readonly coveredMinor: number;
  readonly onTopMinor: number;
  readonly meteredMinor: number;
  /** The plan to go to. */
  readonly planId: string | null;
  /** A month; negative where the advice costs more. Null where there is nothing to save. */
  readonly savingMinor: number | null;
  /** Active days a month, at the same use a day, from which the verdict is another one. */
  readonly turnsAtDays: number | null;
  /** Spend on top of the seat a month at which it is another one. */
  readonly turnsAtMinor: number | null;
};

/**
 * Compares flat prices with what the same work would cost in tokens.
 *
 * A seat pays off when the use that it includes would have cost more than its price at API list prices: what is charged
 * on top of it would be charged on the API too, and stands on both sides. How much use a plan includes is nowhere said
 * in tokens, so that is never guessed: a dearer plan is advised only when limits stopped the work, or when what was
 * really charged on top is more than the dearer plan costs more; a cheaper one is the next below, and only where even
 * it costs no more than the use is worth.
 *
 * @param held the seats held at the provider
 * @param plans the others that could be held instead
 */
export function breakEven(
  use: SeatUse,
  held: readonly PricedPlan[],
  plans: readonly PricedPlan[],
): BreakEven {
  const seatMinor = held.reduce((sum, { monthlyMinor }) => sum + monthlyMinor, 0);
  const a = means(use);
  const facts = { ...a, seatMinor, ...NOTHING };
  if (use.activeDays < ACTIVE_DAYS_MIN) return { ...facts, verdict: "not_enough_data", doubt: "few_days" };
  if (use.unpriced) return { ...facts, verdict: "not_enough_data", doubt: "price_unknown" };
  const ladder = plans
    .filter(({ monthlyMinor }) => monthlyMinor > 0)
    .toSorted((x, y) => x.monthlyMinor - y.monthlyMinor);
  if (held.length === 0) return { ...facts, ...withoutSeat(a.meteredMinor, ladder) };

  const next = ladder.find(({ monthlyMinor }) => monthlyMinor > seatMinor);
  const moreMinor = next ? next.monthlyMinor - seatMinor : 0;
  if (next && (a.onTopMinor > moreMinor || (use.rateLimitHits ?? 0) > 0)) {
    const { planId } = next;
    return {
      ...facts,
      verdict: "upgrade",
      planId,
      savingMinor: a.onTopMinor - moreMinor,
      turnsAtMinor: moreMinor,
    };
  }
  const turnsAtDays = daysWorth(use, seatMinor);
  if (a.coveredMinor >= seatMinor || a.onTopMinor > 0) {
    const turnsAtMinor = next && a.onTopMinor > 0 ? moreMinor : null;
    return { ...facts, verdict: "keep", turnsAtDays, turnsAtMinor };
  }
  const below = ladder.findLast(
    ({ monthlyMinor }) => monthlyMinor < seatMinor && monthlyMinor <= a.coveredMinor,
  );
  if (below) {
    const { planId, monthlyMinor } = below;
    const savingMinor = seatMinor - monthlyMinor;
    return {
      ...facts,
      verdict: "downgrade",
      planId,
      savingMinor,
      turnsAtDays,
      turnsAtMinor: savingMinor,
    };
  }
  const lowest = Math.min(seatMinor, ladder[0]?.monthlyMinor ?? seatMinor);
  return {
    ...facts,
    verdict: "move_to_api",
    savingMinor: seatMinor - a.coveredMinor,
    turnsAtDays: daysWorth(use, lowest),
  };
}

const NOTHING = { doubt: null, planId: null, savingMinor: null, turnsAtDays: null, turnsAtMinor: null };

/** That nothing can be said, because an amount is in a currency without a rate. */
export const withoutRate: BreakEven = {
  ...{ verdict: "not_enough_data", doubt: "rate_missing" },
  ...{ seatMinor: 0, coveredMinor: 0, onTopMinor: 0, meteredMinor: 0 },
  ...{ planId: null, savingMinor: null, turnsAtDays: null, turnsAtMinor: null },
};

/** Of the plans below what is spent on keys the dearest: the one most likely to include as much. */
function withoutSeat(meteredMinor: number, ladder: readonly PricedPlan[]) {
  const plan = ladder.findLast(({ monthlyMinor }) => monthlyMinor < meteredMinor);
  if (!plan) {
    const [first] = ladder;
    return { verdict: "stay_on_api" as const, turnsAtMinor: first?.monthlyMinor ?? null };
  }
  return {
    verdict: "take_seat" as const,
    planId: plan.planId,
    savingMinor: meteredMinor - plan.monthlyMinor,
    turnsAtMinor: plan.monthlyMinor,
  };
}

function means({ months, coveredMinor, onTopMinor, meteredMinor }: SeatUse) {
  const mean = (minor: number) => (months > 0 ? divideHalfEven(BigInt(minor), BigInt(months)) : 0);
  return {
    coveredMinor: mean(coveredMinor),
    onTopMinor: mean(onTopMinor),
    meteredMinor: mean(meteredMinor),
  };
}

/**
 * On how many active days a month use is worth a price, at the same use a day: rounded up, so that from this number on
 * the price is no more than the use is worth.
 */
export function daysWorth(
  { activeDays, coveredMinor }: Pick<SeatUse, "activeDays" | "coveredMinor">,
  priceMinor: number,
): number | null {
  if (coveredMinor <= 0) return null;
  return Number((BigInt(priceMinor) * BigInt(activeDays) + BigInt(coveredMinor) - 1n) / BigInt(coveredMinor));
}
