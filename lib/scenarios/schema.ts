import { z } from "zod";

import { BILLING_INTERVALS, type Purpose } from "@/lib/domain/facts";
import { canonicalModel, isModelName } from "@/lib/domain/model-name";
import type { Money } from "@/lib/domain/money";
import { type Month, monthsBetween } from "@/lib/domain/month";
import { conflictsOf, type ScenarioChange } from "@/lib/domain/scenario";
import {
  dateField,
  idField,
  monthField,
  type Named,
  optionalTextField,
  pageFields,
  priceField,
  textField,
  versionField,
} from "@/lib/fields/schema";

/** More than that is several scenarios. */
export const CHANGES_MAX = 30;
/** Beside each other on one page. */
export const COMPARED_MAX = 3;
/** The forecast reaches to the end of the next fiscal year. */
const MONTHS_MAX = 24;

const seats = (least: number) =>
  z.int("Use a whole number.").min(least, `Use ${least} or more.`).max(10_000, "Use at most 10,000.");

const percent = (least: number, most: number) =>
  z
    .int("Use whole percent.")
    .min(least, `Use ${least} or more.`)
    .max(most, `Use at most ${most.toLocaleString("en")}.`);

const ofContract = { subscriptionId: idField, planId: idField, from: dateField };
const ofUse = {
  apiAccountId: idField.nullable().default(null),
  productId: idField.nullable().default(null),
  from: monthField,
};
const modelField = textField(100)
  .transform(canonicalModel)
  .refine(isModelName, "Use the name of a model, like claude-haiku-4-5.");

/** One change, told apart by its kind. */
const changeField = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("seats"),
    ...ofContract,
    seats: seats(-10_000).refine(
      (count) => count !== 0,
      "Say how many more, or with a minus how many fewer.",
    ),
  }),
  z.strictObject({
    kind: z.literal("plan"),
    ...ofContract,
    toPlanId: idField,
    seats: seats(1).nullable().default(null),
  }),
  z.strictObject({ kind: z.literal("seat_price"), ...ofContract, unitPrice: priceField }),
  z.strictObject({
    kind: z.literal("list_price"),
    planId: idField,
    billingInterval: z.enum(BILLING_INTERVALS),
    from: dateField,
    unitPrice: priceField,
  }),
  z.strictObject({
    kind: z.literal("model"),
    ...ofUse,
    model: modelField,
    toModel: modelField,
    percent: percent(1, 100),
  }),
  z.strictObject({
    kind: z.literal("cache"),
    ...ofUse,
    percent: percent(1, 100),
    readsPerWrite: z.int("Use a whole number.").min(1, "Use 1 or more.").max(1_000, "Use at most 1,000."),
  }),
  z.strictObject({ kind: z.literal("batch"), ...ofUse, percent: percent(1, 100) }),
  z.strictObject({
    kind: z.literal("model_price"),
    model: modelField,
    from: monthField,
    percent: percent(-100, 1_000).refine((by) => by !== 0, "Say by how many percent it changes."),
  }),
  z.strictObject({
    kind: z.literal("growth"),
    productId: idField,
    from: monthField,
    percent: percent(-100, 1_000).refine((by) => by !== 0, "Say by how many percent it grows."),
    every: z.enum(["once", "month"]),
  }),
]) satisfies z.ZodType<ScenarioChange>;

/** By more than that a month it would be a thousandfold within the year. */
const MONTHLY_MAX = 50;

export const scenarioInput = z.strictObject({
  name: textField(100),
  note: optionalTextField(1_000).default(""),
  changes: z
    .array(changeField)
    .max(CHANGES_MAX, `Make at most ${CHANGES_MAX} changes.`)
    .superRefine((changes, ctx) => {
      const refuse = (index: number, field: string, message: string) =>
        ctx.addIssue({ code: "custom", path: [index, field], message });
      for (const { index, message } of conflictsOf(changes)) refuse(index, "kind", message);
      for (const [index, change] of changes.entries()) {
        if (change.kind === "plan" && change.planId === change.toPlanId) {
          refuse(index, "toPlanId", "Choose another plan than it has.");
        }
        if (change.kind === "model" && change.model === change.toModel) {
          refuse(index, "toModel", "Choose another model.");
        }
        if (change.kind === "growth" && change.every === "month" && change.percent > MONTHLY_MAX) {
          refuse(index, "percent", `Use at most ${MONTHLY_MAX} a month.`);
        }
      }
    }),
});
export type ScenarioInput = z.output<typeof scenarioInput>;
export type ScenarioBody = z.input<typeof scenarioInput>;

export const scenarioChange = z.strictObject({ id: idField, version: versionField, ...scenarioInput.shape });
export type ScenarioEdit = z.output<typeof scenarioChange>;

export const scenarioList = z.strictObject(pageFields);
export type ScenarioList = z.output<typeof scenarioList>;

export const byId = z.strictObject({ id: idField });
export const byIdAndVersion = z.strictObject({ id: idField, version: versionField });

export const proposalFilter = z.strictObject({});

export const effectInput = z
  .strictObject({
    id: idField,
    from: monthField,
    to: monthField,
    /** Others to stand beside it: "id,id". */
    with: z
      .string()
      .default("")
      .transform((text) => (text === "" ? [] : text.split(",")))
      .pipe(z.array(idField).max(COMPARED_MAX - 1, `Compare at most ${COMPARED_MAX}.`)),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last month is before the first." })
  .refine(({ from, to }) => monthsBetween(from, to).length <= MONTHS_MAX, {
    path: ["to"],
    message: `Ask for at most ${MONTHS_MAX} months.`,
  })
  .refine(({ id, with: others }) => new Set([id, ...others]).size === others.length + 1, {
    path: ["with"],
    message: "Name each scenario once.",
  });
export type EffectInput = z.output<typeof effectInput>;

/** A change with what it says in a sentence. */
export type ToldChange = { readonly change: ScenarioChange; readonly text: string };

export type Scenario = {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly changes: readonly ToldChange[];
  /** Changes of contracts that the reader does not see; they are in no figure of theirs either. */
  readonly hiddenChanges: number;
  readonly version: number;
};

/** A month of a line; null beyond what is forecast. */
export type EffectFigures = { readonly scenario: Money | null; readonly difference: Money | null };

export type EffectRow = {
  readonly months: readonly (EffectFigures & { readonly month: Month })[];
  readonly total: EffectFigures;
};

/** What one scenario comes to, beside the forecast that all are compared with. */
export type ScenarioEffect = {
  readonly scenario: Named;
  readonly lines: readonly (EffectRow & { readonly purpose: Purpose })[];
  readonly total: EffectRow;
  /** What could not be told, in sentences: a model or a plan without a list price. */
  readonly untold: readonly string[];
};

export type Effects = {
  readonly from: Month;
  readonly to: Month;
  readonly currency: string;
  readonly today: string;
  /** The last month that is forecast. */
  readonly until: Month;
  /** Always the three lines, in their order, as the budget has them. */
  readonly forecast: readonly {
    readonly purpose: Purpose;
    readonly months: readonly { readonly month: Month; readonly forecast: Money | null }[];
    readonly total: Money | null;
  }[];
  readonly effects: readonly ScenarioEffect[];
};

/** A list price that begins later: what it does at each contract's renewal, and a scenario in which it does not come. */
export type ScenarioProposal = {
  readonly title: string;
  readonly contracts: readonly {
    readonly subscription: Named;
    readonly text: string;
  }[];
  readonly scenario: ScenarioBody;
};
export type ScenarioProposals = { readonly data: readonly ScenarioProposal[]; readonly nextCursor: null };
