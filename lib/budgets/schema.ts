import { z } from "zod";

import {
  BUDGET_KINDS,
  type BudgetKind,
  PLANNED_PURPOSES,
  type PlannedPurpose,
  YEAR_MONTHS,
  type YearAmounts,
} from "@/lib/domain/budget-plan";
import { INPUT_MINOR_MAX, type Money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import {
  dateField,
  idField,
  monthField,
  type Named,
  pageFields,
  textField,
  versionField,
} from "@/lib/fields/schema";

/** What may be copied into a new version: another version's amounts, or what the year before cost. */
export const COPY_SOURCES = ["version", "actual"] as const;
/** By what last year's cost is divided when it is copied; the usual way is leverage by team and product by product. */
export const COPY_DIVISIONS = ["usual", "team", "product", "none"] as const;

const CHANGE = "Use a whole number of basis points from -10000 to 100000.";

const copyField = z
  .strictObject({
    source: z.enum(COPY_SOURCES, "Choose what to copy."),
    versionId: idField.nullable().default(null),
    divideBy: z.enum(COPY_DIVISIONS, "Choose how to divide it.").default("usual"),
    /** 500 for 5 % more. */
    changeBasisPoints: z.int(CHANGE).min(-10_000, CHANGE).max(100_000, CHANGE).default(0),
  })
  .refine(({ source, versionId }) => (source === "version") === (versionId !== null), {
    path: ["versionId"],
    message: "Name a version exactly when one is copied.",
  });

export const versionInput = z.strictObject({
  name: textField(100),
  kind: z.enum(BUDGET_KINDS, "Choose budget or reforecast."),
  /** Its first month. */
  fiscalYear: monthField,
  copy: copyField.nullable().default(null),
});
export type VersionInput = z.output<typeof versionInput>;
export type VersionCopy = NonNullable<VersionInput["copy"]>;

export const versionChange = z.strictObject({ id: idField, version: versionField, name: textField(100) });
export type VersionChange = z.output<typeof versionChange>;

export const approvalInput = z.strictObject({ id: idField, version: versionField });
export type ApprovalInput = z.output<typeof approvalInput>;

export const byId = z.strictObject({ id: idField });
export const listInput = z.strictObject(pageFields);

export type BudgetVersion = {
  readonly id: string;
  readonly name: string;
  readonly kind: BudgetKind;
  readonly fiscalYear: Month;
  /** Since when it is approved, and so frozen; null of a draft. */
  readonly approvedAt: string | null;
  readonly approvedBy: Named | null;
  /** Whether it is the one that costs of its year are compared with. */
  readonly current: boolean;
  readonly createdAt: string;
  readonly version: number;
};

/** What is planned for: a line of a team, of a product, or, with neither, of the organization beside them. */
const targetFields = {
  teamId: idField.nullable(),
  productId: idField.nullable(),
  purpose: z.enum(PLANNED_PURPOSES, "Choose one of the two lines."),
};

export type TargetKey = {
  readonly teamId: string | null;
  readonly productId: string | null;
  readonly purpose: PlannedPurpose;
};

/** What tells targets apart, as one text. */
export const targetText = ({ purpose, teamId, productId }: TargetKey): string =>
  `${purpose} ${teamId ?? "-"} ${productId ?? "-"}`;

const oneTarget = ({ teamId, productId }: TargetKey) => teamId === null || productId === null;
const ONE_TARGET = { path: ["productId"], message: "Plan for a team or for a product, not both." };

const MINOR = "Use a whole number of the smallest unit, not below 0.";
const amountField = z.int(MINOR).min(0, MINOR).max(INPUT_MINOR_MAX, "This amount is too large.").nullable();

const ROWS_MAX = 2_000;

export const gridInput = z.strictObject({ versionId: idField });

/** Rows of a year's grid; rows that are not named stay as they are, a null month is not planned. */
export const gridChange = z.strictObject({
  versionId: idField,
  version: versionField,
  rows: z
    .array(
      z
        .strictObject({
          ...targetFields,
          amountsMinor: z.array(amountField).length(YEAR_MONTHS, "Send twelve months."),
        })
        .refine(oneTarget, ONE_TARGET),
    )
    .min(1, "Send a row at least.")
    .max(ROWS_MAX, `Send at most ${ROWS_MAX} rows.`)
    .refine((rows) => new Set(rows.map(targetText)).size === rows.length, "Send each row once."),
  /** Says what would change, and changes nothing. */
  dryRun: z.boolean().default(false),
});
export type GridChange = z.output<typeof gridChange>;

/** A whole file is shorter than this. */
const TEXT_MAX = 500_000;

export const gridFileChange = z.strictObject({
  versionId: idField,
  version: versionField,
  /** A CSV file like the one that this address gives. */
  text: z.string().min(1, "Paste the file.").max(TEXT_MAX, `Use at most ${TEXT_MAX} characters.`),
  dryRun: z.boolean().default(false),
});
export type GridFileChange = z.output<typeof gridFileChange>;

export type BudgetTarget = {
  readonly team: Named | null;
  readonly product: Named | null;
  readonly purpose: PlannedPurpose;
};

export type GridRow = BudgetTarget & {
  readonly amountsMinor: YearAmounts;
  /** What the months of the year before cost. */
  readonly lastYearMinor: readonly number[];
  /** Who answers for it today. */
  readonly owner: Named | null;
  readonly mayChange: boolean;
};

export type BudgetGrid = {
  readonly version: BudgetVersion;
  readonly currency: string;
  readonly months: readonly Month[];
  readonly rows: readonly GridRow[];
};

export type GridChangeResult = {
  readonly dryRun: boolean;
  /** The version to send with the next change. */
  readonly version: number;
  readonly changes: readonly (BudgetTarget & {
    readonly month: Month;
    readonly beforeMinor: number | null;
    readonly afterMinor: number | null;
  })[];
  /** What each line comes to in the year, of what the reader may see. */
  readonly lines: readonly {
    readonly purpose: PlannedPurpose;
    readonly before: Money;
    readonly after: Money;
  }[];
};

export const ownerInput = z
  .strictObject({ ...targetFields, memberId: idField, startsOn: dateField })
  .refine(oneTarget, ONE_TARGET);
export type OwnerInput = z.output<typeof ownerInput>;

/** Who answers for a line, from a day until the next owner's. */
export type BudgetOwner = BudgetTarget & {
  readonly id: string;
  readonly member: Named;
  readonly startsOn: string;
};

const WHOLE = "Use a whole number.";
/** At most as many people as a batch of seats takes. */
const MEMBERS_MAX = 500;

/** Either members who get seats of a plan, or other terms of it, from a day on. */
export const seatEffectInput = z
  .strictObject({
    subscriptionId: idField,
    planId: idField,
    startsOn: dateField,
    memberIds: z
      .string()
      .optional()
      .transform((text) => (text ? text.split(",") : []))
      .pipe(z.array(idField).max(MEMBERS_MAX, `Ask for at most ${MEMBERS_MAX} people.`)),
    seats: z.coerce
      .number(WHOLE)
      .int(WHOLE)
      .min(0, WHOLE)
      .max(100_000, "Use at most 100000 seats.")
      .optional(),
    unitPriceMinor: z.coerce.number(WHOLE).int(WHOLE).min(0, WHOLE).max(INPUT_MINOR_MAX, WHOLE).optional(),
  })
  .refine(({ seats, unitPriceMinor }) => (seats === undefined) === (unitPriceMinor === undefined), {
    path: ["unitPriceMinor"],
    message: "Send seats and their price together.",
  });
export type SeatEffectInput = z.output<typeof seatEffectInput>;

/** What seats add to the lines whose budget of the year is approved and frozen. */
export type SeatEffect = {
  /** The last month of the year. */
  readonly until: Month;
  readonly lines: readonly {
    readonly team: Named;
    readonly purpose: PlannedPurpose;
    readonly added: Money;
    /** Of the team's line in the year; of the whole line where the team has none of its own. */
    readonly budgeted: Money;
    readonly used: Money;
    readonly ofTeam: boolean;
  }[];
};
