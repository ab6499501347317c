import { z } from "zod";

import { PLANNED_PURPOSES, type PlannedPurpose } from "@/lib/domain/budget-plan";
import type { Money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { PERCENT_MAX, THRESHOLD_BASES, type ThresholdBasis } from "@/lib/domain/threshold";
import { idField, monthField, type Named, pageFields } from "@/lib/fields/schema";

const PERCENT = `Use a whole number from 1 to ${PERCENT_MAX}.`;

export const thresholdInput = z.strictObject({
  /** Null for both lines together. */
  purpose: z.enum(PLANNED_PURPOSES, "Choose one of the two lines.").nullable(),
  /** Null for the whole organization. */
  teamId: idField.nullable(),
  basis: z.enum(THRESHOLD_BASES, "Choose the cost so far or the forecast.").default("actual"),
  percent: z.int(PERCENT).min(1, PERCENT).max(PERCENT_MAX, PERCENT),
});
export type ThresholdInput = z.output<typeof thresholdInput>;

export const byId = z.strictObject({ id: idField });
export const listInput = z.strictObject(pageFields);
export const alertFilter = z.strictObject({ ...pageFields, month: monthField.optional() });
export type AlertFilter = z.output<typeof alertFilter>;

/** A share of a month's budget at which an alert is raised, once. */
export type Threshold = {
  readonly id: string;
  readonly purpose: PlannedPurpose | null;
  readonly team: Named | null;
  readonly basis: ThresholdBasis;
  readonly percent: number;
};

/** That a month's cost, or its forecast, came to a share of its budget, with what they were then. */
export type Alert = {
  readonly id: string;
  readonly month: Month;
  readonly threshold: Threshold;
  readonly budgeted: Money;
  readonly actual: Money;
  /** Of a threshold by forecast. */
  readonly forecast: Money | null;
  readonly raisedAt: string;
};
