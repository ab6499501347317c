import { z } from "zod";

import type { HighlightKind } from "@/lib/domain/highlights";
import type { Money } from "@/lib/domain/money";

export const highlightsInput = z.strictObject({
  limit: z.coerce
    .number("Use a number from 1 to 20.")
    .int("Use a whole number.")
    .min(1, "Use at least 1.")
    .max(20, "Use at most 20.")
    .default(3),
});
export type HighlightsInput = z.output<typeof highlightsInput>;

/** A piece of advice in words, with what it is worth a month. */
export type Highlight = {
  readonly kind: HighlightKind;
  readonly id: string;
  /** "Claude Team: 3 idle seats" */
  readonly title: string;
  /** Why, in a sentence or two. */
  readonly text: string;
  readonly monthly: Money;
  /** Whether that could be saved, or is what something costs that is not as it should be. */
  readonly amount: "saving" | "cost";
  /** The last day on which the next renewal can still be changed; null where no day is last. */
  readonly actBy: string | null;
  /** The page of ours that shows its evidence. */
  readonly href: string;
};

export type Highlights = {
  readonly currency: string;
  /** The largest amount first. */
  readonly data: readonly Highlight[];
};
