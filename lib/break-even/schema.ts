import { z } from "zod";

import type { Doubt, Verdict } from "@/lib/domain/break-even";
import type { Money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import type { TokenType } from "@/lib/domain/usage";
import { idField, monthField, type Named, pageFields } from "@/lib/fields/schema";

/** Whose plans are looked at: each person's, or those of a team or a whole subscription together. */
export const BREAK_EVEN_OF = ["members", "teams", "subscriptions"] as const;
export type BreakEvenOf = (typeof BREAK_EVEN_OF)[number];

/** The last of three whole months; one that is not over counts as the one before the running month. */
const month = monthField.optional();

export const breakEvenFilter = z.strictObject({
  ...pageFields,
  of: z.enum(BREAK_EVEN_OF).default("members"),
  month,
});
export type BreakEvenFilter = z.output<typeof breakEvenFilter>;

export const breakEvenAsked = z.strictObject({
  of: z.enum(BREAK_EVEN_OF),
  id: idField,
  serviceProviderId: idField,
  month,
});
export type BreakEvenAsked = z.output<typeof breakEvenAsked>;

/**
 * Means of a month, null where an amount is in a currency without a rate. What seats include is told as what it would
 * have cost on the API, which is never money spent.
 */
export type BreakEvenMeans = {
  readonly seatPrice: Money | null;
  readonly apiEquivalent: Money | null;
  /** Spent: beyond what the seats include, and on API keys. */
  readonly onTop: Money | null;
  readonly metered: Money | null;
};

export type HeldSeat = {
  readonly plan: Named;
  /** Null for whom the organization does not name. */
  readonly subscription: Named | null;
  /** A month, in the books' currency. */
  readonly price: Money | null;
};

/** One person's plans at one provider, with what to do about them. */
export type PersonRow = BreakEvenMeans & {
  /** `pseudonym`: a person whom the organization does not name. */
  readonly kind: "named" | "pseudonym";
  readonly person: Named;
  readonly team: Named | null;
  readonly serviceProvider: Named;
  readonly seats: readonly HeldSeat[];
  /** Of the three months, those in which there was a seat or use. */
  readonly months: number;
  readonly activeDays: number;
  readonly verdict: Verdict;
  readonly doubt: Doubt | null;
  readonly plan: Named | null;
  readonly saving: Money | null;
  readonly turnsAtDays: number | null;
  readonly turnsAt: Money | null;
};

/** A team's or a subscription's people together. */
export type GroupRow = BreakEvenMeans & {
  readonly group: Named;
  readonly serviceProvider: Named;
  readonly people: number;
  /** Held, or bought where it is a subscription's. */
  readonly seats: number;
  readonly activeDays: number;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  readonly saving: Money;
};

export type BreakEvenReport = {
  /** The three whole months that the means are of. */
  readonly from: Month;
  readonly to: Month;
  /** The day whose seats and prices are compared. */
  readonly on: string;
  readonly of: BreakEvenOf;
  readonly currency: string;
  readonly personAnalysis: PersonAnalysis;
  readonly minimumGroupSize: number;
  /** People who are not shown apart, as the organization chose; the totals have them too. */
  readonly hiddenPeople: number;
  /** All people whom the reader may see. */
  readonly total: { readonly saving: Money; readonly verdicts: Readonly<Partial<Record<Verdict, number>>> };
  /** The people, the largest saving first; the groups instead where groups are asked for. */
  readonly data: readonly PersonRow[];
  readonly groups: readonly GroupRow[];
  readonly nextCursor: string | null;
};

export type BreakEvenMonth = {
  readonly month: Month;
  readonly activeDays: number;
  readonly apiEquivalent: Money | null;
  readonly onTop: Money | null;
  readonly metered: Money | null;
  /** Whether some of the use has no known price. */
  readonly unpriced: boolean;
  /** What the seats held at its end cost a month, by their contracts. */
  readonly seatPrice: Money | null;
  /** What the books hold of seats in it, tax that is not got back included. */
  readonly seatCost: Money;
};

export type PlanBeside = {
  readonly plan: Named;
  readonly held: boolean;
  readonly price: Money;
  /** Of the API-equivalent; negative where the plan costs more. */
  readonly difference: Money;
};

/** Tokens of a model by what they are charged as, at the list price of each day. */
export type ModelMix = {
  readonly model: string;
  readonly types: readonly {
    readonly type: TokenType;
    readonly tokens: number;
    /** Exact decimal; null without a price. */
    readonly cost: string | null;
  }[];
  /** Of the cost, what batches at half price came to. */
  readonly batchCost: string;
  /** What the source of the figures said itself, where that is another sum. */
  readonly toldCost: string;
  readonly cost: string;
  readonly currency: string;
};

/** How one figure came to be: month by month, beside every plan, and by kind of token. */
export type BreakEvenDetail = {
  readonly of: BreakEvenOf;
  readonly subject: Named;
  readonly serviceProvider: Named;
  readonly from: Month;
  readonly to: Month;
  readonly currency: string;
  /** Of one person. */
  readonly person: PersonRow | null;
  /** Of a team or a subscription. */
  readonly group: GroupRow | null;
  /** Twelve months to the last. */
  readonly months: readonly BreakEvenMonth[];
  readonly plans: readonly PlanBeside[];
  /** Of one person in the three months. */
  readonly mix: readonly ModelMix[];
};
