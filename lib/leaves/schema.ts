import { z } from "zod";

import { dateField, idField } from "@/lib/fields/schema";

export const leaveInput = z
  .strictObject({
    /** The member's. */
    id: idField,
    startsOn: dateField,
    /** The day on which they are back; null: nobody knows yet. */
    endsOn: dateField.nullable().default(null),
  })
  .refine(({ startsOn, endsOn }) => endsOn === null || endsOn > startsOn, {
    path: ["endsOn"],
    message: "This is not after the first day.",
  });
export type LeaveInput = z.output<typeof leaveInput>;

export const ofMember = z.strictObject({ id: idField });
export const leaveId = z.strictObject({ id: idField, leaveId: idField });
export type LeaveId = z.output<typeof leaveId>;

export type Leave = { readonly id: string; readonly startsOn: string; readonly endsOn: string | null };
