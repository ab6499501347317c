import { z } from "zod";

import { dateField, idField, type Named, pageFields, textField, versionField } from "@/lib/fields/schema";

export const teamInput = z.strictObject({ name: textField(100), code: textField(40) });
export type TeamInput = z.output<typeof teamInput>;

export const teamChange = z.strictObject({
  id: idField,
  version: versionField,
  name: textField(100).optional(),
  code: textField(40).optional(),
  archived: z.boolean().optional(),
});
export type TeamChange = z.output<typeof teamChange>;

export const listInput = z.strictObject(pageFields);
export const byId = z.strictObject({ id: idField });

export const leadInput = z
  .strictObject({
    id: idField,
    memberId: idField,
    startsOn: dateField,
    endsOn: dateField.nullable().default(null),
  })
  .refine(({ startsOn, endsOn }) => endsOn === null || endsOn > startsOn, {
    path: ["endsOn"],
    message: "This is not after the first day.",
  });
export type LeadInput = z.output<typeof leadInput>;

export const leadChange = z.strictObject({ id: idField, leadId: idField, endsOn: dateField });
export type LeadChange = z.output<typeof leadChange>;

export type TeamLead = {
  readonly id: string;
  readonly member: Named;
  readonly startsOn: string;
  readonly endsOn: string | null;
};

export type Team = {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly archived: boolean;
  readonly leads: readonly TeamLead[];
  readonly version: number;
};
