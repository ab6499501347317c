import { z } from "zod";

import { PLANNED_PURPOSES, type PlannedPurpose } from "@/lib/domain/budget-plan";
import { BILLING_MODELS, type BillingModel } from "@/lib/domain/facts";
import { INPUT_MINOR_MAX, type Money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { idField, monthField, type Named } from "@/lib/fields/schema";

const ROWS_MAX = 500;
const LARGE = "This amount is too large.";

const rowInput = z.strictObject({
  month: monthField,
  /** Null for what belonged to no team. */
  teamId: idField.nullable(),
  purpose: z.enum(PLANNED_PURPOSES, "Choose one of the two lines."),
  billingModel: z.enum(BILLING_MODELS, "Choose flat or metered."),
  /** In the currency of the books; null takes the total out. */
  amountMinor: z
    .int("Use a whole number of the smallest unit.")
    .min(-INPUT_MINOR_MAX, LARGE)
    .max(INPUT_MINOR_MAX, LARGE)
    .nullable(),
});
export type OpeningTotalRow = z.output<typeof rowInput>;

const keyOf = ({ month, teamId, purpose, billingModel }: OpeningTotalRow): string =>
  [month, teamId, purpose, billingModel].join(" ");

export const openingTotalsInput = z.strictObject({});
export const openingTotalsChange = z.strictObject({
  rows: z
    .array(rowInput)
    .min(1, "State at least one.")
    .max(ROWS_MAX, `State at most ${ROWS_MAX} at once.`)
    .refine((rows) => new Set(rows.map(keyOf)).size === rows.length, "State each total once."),
});
export type OpeningTotalsChange = z.output<typeof openingTotalsChange>;

/** What a month before the books begin came to for a team in a line. */
export type OpeningTotal = {
  readonly id: string;
  readonly month: Month;
  readonly team: Named | null;
  readonly purpose: PlannedPurpose;
  readonly billingModel: BillingModel;
  readonly amount: Money;
};

export type OpeningTotals = {
  /** Totals are of months before it. */
  readonly booksStart: Month;
  readonly currency: string;
  readonly data: readonly OpeningTotal[];
};
