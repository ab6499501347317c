import { z } from "zod";

import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Purpose } from "@/lib/domain/facts";
import { FINDING_STATUSES, type FindingStatus, SAID_STATUSES } from "@/lib/domain/finding";
import {
  MISUSE_RULE_IDS,
  MISUSE_RULES,
  type MisuseRuleId,
  type ThresholdUnit,
} from "@/lib/domain/misuse-rules";
import type { Money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { idField, type Named, optionalTextField, pageFields, versionField } from "@/lib/fields/schema";

export const findingFilter = z.strictObject({
  ...pageFields,
  status: z.enum(FINDING_STATUSES).optional(),
  rule: z.enum(MISUSE_RULE_IDS).optional(),
});
export type FindingFilter = z.output<typeof findingFilter>;

export const byId = z.strictObject({ id: idField });

export const findingChange = z
  .strictObject({
    id: idField,
    version: versionField,
    status: z.enum(SAID_STATUSES, "Choose open, accepted or fixed."),
    /** Why it is accepted. */
    reason: optionalTextField(1000).default(""),
    /** Who sees to it. */
    ownerId: idField.nullable(),
  })
  .refine(({ status, reason }) => status !== "accepted" || reason !== "", {
    path: ["reason"],
    message: "Say why it is accepted.",
  });
export type FindingChange = z.output<typeof findingChange>;
export type FindingBody = Omit<z.input<typeof findingChange>, "id" | "version">;

const ruleField = z
  .strictObject({
    id: z.enum(MISUSE_RULE_IDS),
    on: z.boolean(),
    thresholds: z
      .array(z.strictObject({ id: z.string().max(20), value: z.int("Use a whole number.") }))
      .max(10),
  })
  .superRefine(({ id, thresholds }, context) => {
    const known = MISUSE_RULES.find((rule) => rule.id === id)?.thresholds ?? [];
    for (const [index, { id: threshold, value }] of thresholds.entries()) {
      const of = known.find((each) => each.id === threshold);
      if (!of) {
        const path = ["thresholds", index, "id"];
        context.addIssue({ code: "custom", path, message: "The rule has no such threshold." });
      } else if (value < of.least || value > of.most) {
        const message = `Use a number from ${of.least} to ${of.most.toLocaleString("en")}.`;
        context.addIssue({ code: "custom", path: ["thresholds", index, "value"], message });
      }
    }
  });

export const ruleChange = z
  .strictObject({ version: versionField, rules: z.array(ruleField).max(MISUSE_RULE_IDS.length) })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, {
    path: ["rules"],
    message: "Name each rule once.",
  });
export type RuleChange = z.output<typeof ruleChange>;

/** A rule with what counts: as the owner set it, or as it comes. */
export type FindingRule = {
  readonly id: MisuseRuleId;
  readonly on: boolean;
  /** Whether its amounts are what something costs a month, or what could be saved of it. */
  readonly amount: "cost" | "saving";
  readonly thresholds: readonly {
    readonly id: string;
    readonly unit: ThresholdUnit;
    readonly value: number;
    readonly usual: number;
    readonly least: number;
    readonly most: number;
  }[];
};
export type FindingRules = {
  readonly currency: string;
  readonly rules: readonly FindingRule[];
  readonly version: number;
};

/** A row of the books that proves it. People whom the reader may not see have no name. */
export type Evidence =
  | {
      readonly kind: "account";
      readonly account: Named;
      readonly since: CalendarDate | null;
      /** Null: several. */
      readonly purpose: Purpose | null;
      readonly tool: Named | null;
    }
  | {
      readonly kind: "cost";
      readonly account: Named;
      readonly month: Month;
      readonly purpose: Purpose;
      readonly amount: Money;
    }
  | {
      readonly kind: "use";
      readonly account: Named | null;
      readonly member: Named | null;
      readonly month: Month;
      readonly days: number | null;
      readonly amount: Money;
    }
  | {
      readonly kind: "seat";
      readonly assignmentId: string;
      readonly subscription: Named;
      readonly plan: Named;
      readonly member: Named | null;
      readonly startsOn: CalendarDate;
      readonly amount: Money;
      /** Another seat is for the same. */
      readonly covered: boolean;
    }
  | { readonly kind: "plan"; readonly plan: Named; readonly amount: Money };

export type Finding = {
  readonly id: string;
  readonly rule: MisuseRuleId;
  readonly status: FindingStatus;
  readonly account: Named | null;
  /** Whose plan it is about. */
  readonly member: Named | null;
  readonly team: Named | null;
  /** Who sees to it. */
  readonly owner: Named | null;
  /** A month: what it is about costs, or what could be saved of it, as the rule says. */
  readonly amount: Money;
  /** What it was when somebody accepted it; it is raised again at twice as much. */
  readonly acceptedAmount: Money | null;
  readonly reason: string;
  readonly fixedOn: CalendarDate | null;
  readonly firstSeenOn: CalendarDate;
  readonly lastSeenOn: CalendarDate;
  readonly evidence: readonly Evidence[];
  /** Whether the reader may say what becomes of it. */
  readonly mayChange: boolean;
  readonly version: number;
};

export type Findings = {
  readonly currency: string;
  /** Of all that are open and that the reader sees. */
  readonly open: { readonly count: number; readonly amount: Money };
  /** The most money first. */
  readonly data: readonly Finding[];
  readonly nextCursor: string | null;
};
