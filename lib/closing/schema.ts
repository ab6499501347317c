import { z } from "zod";

import type { Purpose } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { idField, monthField, type Named, textField } from "@/lib/fields/schema";
import type { DueBy } from "@/lib/invoice-duties/schema";

/** What is looked at before a month is closed. */
export const CHECKLIST_KINDS = ["month_before", "unclassified", "expected_invoice", "difference"] as const;
export type ChecklistKind = (typeof CHECKLIST_KINDS)[number];

/** What may be accepted here as it is. The month before is closed or it is not; a difference is explained where it is. */
export const ACCEPTED_KINDS = ["unclassified", "expected_invoice"] as const;
export type AcceptedKind = (typeof ACCEPTED_KINDS)[number];

export const periodsInput = z.strictObject({});
export const periodInput = z.strictObject({ month: monthField });
export type PeriodInput = z.output<typeof periodInput>;

const reasonField = textField(500);

export const reopenInput = z.strictObject({ month: monthField, reason: reasonField });
export type ReopenInput = z.output<typeof reopenInput>;

export const acceptanceInput = z.strictObject({
  month: monthField,
  kind: z.enum(ACCEPTED_KINDS),
  subjectId: idField,
  note: reasonField,
});
export type AcceptanceInput = z.output<typeof acceptanceInput>;

export const acceptanceRemoval = z.strictObject({ month: monthField, id: idField });
export type AcceptanceRemoval = z.output<typeof acceptanceRemoval>;

/** The snapshot that is in force, or the one of an earlier closing. */
export const snapshotInput = z.strictObject({ month: monthField, closingId: idField.optional() });
export type SnapshotInput = z.output<typeof snapshotInput>;

export type Acceptance = {
  readonly id: string;
  readonly month: Month;
  readonly kind: AcceptedKind;
  readonly subjectId: string;
  readonly amount: Money;
  readonly note: string;
  readonly acceptedAt: string;
  readonly acceptedBy: Named;
};

/** Where a row of the checklist is put right. */
export type ChecklistPlace = {
  readonly kind: "month" | "invoice" | "subscription" | "api_account" | "service_provider";
  readonly id: string;
};

/** Something that stands against closing the month, unless it was accepted as it is. */
export type ChecklistRow = {
  readonly subjectId: string;
  readonly name: string;
  /** What is the matter, in a few words. */
  readonly detail: string;
  readonly amount: Money;
  readonly place: ChecklistPlace;
  /** Of an invoice that is expected: who enters it and until when, if anybody in particular. */
  readonly due: DueBy | null;
  readonly acceptance: Acceptance | null;
};

export type ChecklistItem = {
  readonly kind: ChecklistKind;
  readonly done: boolean;
  readonly rows: readonly ChecklistRow[];
};

export type Checklist = {
  readonly month: Month;
  /** In the order in which they are looked at. */
  readonly items: readonly ChecklistItem[];
  readonly complete: boolean;
  /** Whether somebody else has to approve before it is closed. */
  readonly needsApproval: boolean;
  readonly approval: Approval | null;
};

export type Approval = { readonly approvedAt: string; readonly approvedBy: Named };

/** What a month held when it was closed. */
export type Closing = {
  readonly id: string;
  readonly month: Month;
  readonly sha256: string;
  readonly rowCount: number;
  readonly totals: readonly { readonly purpose: Purpose; readonly amount: Money }[];
  readonly closedAt: string;
  readonly closedBy: Named;
  readonly approvedBy: Named | null;
  readonly reopening: {
    readonly reason: string;
    readonly reopenedAt: string;
    readonly reopenedBy: Named;
  } | null;
};

export const PERIOD_STATES = ["running", "open", "closed"] as const;
export type PeriodState = (typeof PERIOD_STATES)[number];

/** A month of the books. */
export type ClosablePeriod = {
  readonly month: Month;
  readonly state: PeriodState;
  /** The closing in force. */
  readonly closing: Closing | null;
  /** Closings that were reopened, the last first. */
  readonly reopened: readonly Closing[];
};
