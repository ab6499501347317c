import { z } from "zod";

import { PURPOSES } from "@/lib/domain/facts";
import {
  dateField,
  emailField,
  idField,
  type Named,
  pageFields,
  textField,
  versionField,
} from "@/lib/fields/schema";
import type { SeatHolding } from "@/lib/subscriptions/schema";

export const assignmentInput = z
  .strictObject({
    subscriptionId: idField,
    planId: idField,
    memberId: idField,
    startsOn: dateField,
    endsOn: dateField.nullable().default(null),
    purpose: z.enum(PURPOSES).nullable().default(null),
    productId: idField.nullable().default(null),
  })
  .refine(({ startsOn, endsOn }) => endsOn === null || endsOn > startsOn, {
    path: ["endsOn"],
    message: "This is not after the first day.",
  });
export type AssignmentInput = z.output<typeof assignmentInput>;

export const assignmentChange = z.strictObject({
  id: idField,
  version: versionField,
  startsOn: dateField.optional(),
  endsOn: dateField.nullable().optional(),
  purpose: z.enum(PURPOSES).nullable().optional(),
  productId: idField.nullable().optional(),
});
export type AssignmentChange = z.output<typeof assignmentChange>;

/** From a day on somebody else holds the seat. */
export const reassignment = z.strictObject({
  id: idField,
  version: versionField,
  memberId: idField,
  startsOn: dateField,
});
export type Reassignment = z.output<typeof reassignment>;

export const assignmentFilter = z.strictObject({
  ...pageFields,
  subscriptionId: idField.optional(),
  memberId: idField.optional(),
  /** Only seats held on this day. */
  on: dateField.optional(),
});
export type AssignmentFilter = z.output<typeof assignmentFilter>;

export const byId = z.strictObject({ id: idField });

/** A pasted column: ids, or names and addresses to be matched. */
export const batchInput = z.strictObject({
  subscriptionId: idField,
  planId: idField,
  startsOn: dateField,
  members: z
    .array(
      z.union([
        z.strictObject({ memberId: idField }),
        z.strictObject({ name: textField(100), email: emailField.nullable().default(null) }),
      ]),
    )
    .min(1, "Paste at least one name.")
    .max(500, "Paste at most 500 names at once."),
  /** Makes members of the names that nobody has, in this team. */
  createMissing: z.boolean().default(false),
  teamId: idField.nullable().default(null),
  /** Says what it understood and changes nothing. */
  dryRun: z.boolean().default(false),
});
export type BatchInput = z.output<typeof batchInput>;

/** A seat with the contract that it is of. */
export type Assignment = SeatHolding & { readonly subscription: Named };

export const BATCH_OUTCOMES = ["assigned", "created", "already_holding", "unknown", "ambiguous"] as const;
export type BatchOutcome = (typeof BATCH_OUTCOMES)[number];

export type Batch = {
  /** Of the contract, for the Location of a batch that was done. */
  readonly id: string;
  readonly dryRun: boolean;
  readonly rows: readonly {
    readonly name: string;
    readonly outcome: BatchOutcome;
    readonly memberId: string | null;
  }[];
  /** Seats that would be missing; nothing is assigned while there are any. */
  readonly seatsMissing: number;
};
