import { z } from "zod";
import { canonicalModel, isModelName } from "@/lib/domain/model-name";
import type { Money } from "@/lib/domain/money";
import {
  WATCHERS,
  WORKLOAD_BILLS,
  WORKLOAD_NEEDS,
  WORKLOAD_STARTS,
  type WorkloadAnswers,
  type WorkloadReason,
  type WorkloadVerdict,
} from "@/lib/domain/workload";
import {
  idField,
  type Named,
  optionalTextField,
  pageFields,
  textField,
  versionField,
} from "@/lib/fields/schema";

/** More models than that are several workloads. */
const STEPS_MAX = 6;

const count = (most: number) =>
  z
    .int("Use a whole number.")
    .min(0, "Use 0 or more.")
    .max(most, `Use at most ${most.toLocaleString("en")}.`);

const stepField = z.strictObject({
  model: textField(100)
    .transform(canonicalModel)
    .refine(isModelName, "Use the name of a model, like claude-opus-4-5."),
  requestsPerMonth: count(1_000_000_000),
  inputTokens: count(10_000_000),
  outputTokens: count(1_000_000),
  cachedPercent: count(100),
  batch: z.boolean(),
});

const answersField = z.strictObject({
  watchedBy: z.enum(WATCHERS),
  startedBy: z.enum(WORKLOAD_STARTS),
  needs: z
    .array(z.enum(WORKLOAD_NEEDS))
    .max(WORKLOAD_NEEDS.length)
    .refine((needs) => new Set(needs).size === needs.length, "Name each need once."),
  bill: z.enum(WORKLOAD_BILLS),
  steps: z.array(stepField).max(STEPS_MAX, `Describe at most ${STEPS_MAX} steps.`),
  people: count(100_000),
});

export const workloadInput = z.strictObject({
  name: textField(100),
  productId: idField.nullable().default(null),
  /** Whose seats it would take. */
  planId: idField.nullable().default(null),
  note: optionalTextField(1000).default(""),
  answers: answersField,
});
export type WorkloadInput = z.output<typeof workloadInput>;
export type WorkloadBody = z.input<typeof workloadInput>;

export const workloadChange = z.strictObject({ id: idField, version: versionField, ...workloadInput.shape });
export type WorkloadChange = z.output<typeof workloadChange>;

export const workloadList = z.strictObject({ ...pageFields, productId: idField.optional() });
export type WorkloadList = z.output<typeof workloadList>;

export const byId = z.strictObject({ id: idField });
export const byIdAndVersion = z.strictObject({ id: idField, version: versionField });

export type Workload = {
  readonly id: string;
  readonly name: string;
  readonly product: Named | null;
  readonly plan: Named | null;
  readonly note: string;
  readonly answers: WorkloadAnswers;
  readonly verdict: WorkloadVerdict;
  readonly reasons: readonly (WorkloadReason & { readonly text: string })[];
  /** It is a seat behind work that nobody watches. */
  readonly atRisk: boolean;
  /** What it would cost a month in tokens, at list prices of today; null: not known. */
  readonly apiCost: Money | null;
  /** What its people's seats would cost a month, at the list price of today; null: not known. */
  readonly seatsCost: Money | null;
  /** The accounts that its product uses. */
  readonly apiAccounts: readonly Named[];
  /** The contracts that hold seats of its plan. */
  readonly subscriptions: readonly Named[];
  readonly version: number;
};
