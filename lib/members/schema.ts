import { z } from "zod";

import { MEMBER_KINDS, type MemberKind } from "@/lib/domain/facts";
import {
  dateField,
  emailField,
  idField,
  type Named,
  pageFields,
  textField,
  versionField,
} from "@/lib/fields/schema";

export const ALIASES_MAX = 20;
const aliases = z.array(textField(100)).max(ALIASES_MAX, `Use at most ${ALIASES_MAX} aliases.`);

export const memberInput = z
  .strictObject({
    name: textField(100),
    kind: z.enum(MEMBER_KINDS).default("person"),
    email: emailField.nullable().default(null),
    aliases: aliases.default([]),
    /** The first team, from a day on. */
    teamId: idField.nullable().default(null),
    startsOn: dateField.nullable().default(null),
  })
  .refine(({ teamId, startsOn }) => teamId === null || startsOn !== null, {
    path: ["startsOn"],
    message: "Say from which day the member is in the team.",
  });
export type MemberInput = z.output<typeof memberInput>;

export const memberChange = z.strictObject({
  id: idField,
  version: versionField,
  name: textField(100).optional(),
  kind: z.enum(MEMBER_KINDS).optional(),
  email: emailField.nullable().optional(),
  aliases: aliases.optional(),
  archived: z.boolean().optional(),
});
export type MemberChange = z.output<typeof memberChange>;

/** One member becomes another, who stays. */
export const memberMerge = z
  .strictObject({ id: idField, version: versionField, intoMemberId: idField })
  .refine(({ id, intoMemberId }) => id !== intoMemberId, {
    path: ["intoMemberId"],
    message: "Choose somebody else.",
  });
export type MemberMerge = z.output<typeof memberMerge>;

export const memberFilter = z.strictObject({ ...pageFields, teamId: idField.optional() });
export type MemberFilter = z.output<typeof memberFilter>;

export const byId = z.strictObject({ id: idField });

/** From a day on in another team; the membership of that day ends. */
export const membershipInput = z.strictObject({
  id: idField,
  teamId: idField,
  startsOn: dateField,
  endsOn: dateField.nullable().default(null),
});
export type MembershipInput = z.output<typeof membershipInput>;

export type Membership = {
  readonly id: string;
  readonly team: Named;
  readonly startsOn: string;
  readonly endsOn: string | null;
};

export type Member = {
  readonly id: string;
  readonly name: string;
  readonly kind: MemberKind;
  readonly email: string | null;
  readonly aliases: readonly string[];
  /** The team of today, if any. */
  readonly team: Named | null;
  readonly archived: boolean;
  /** Whom this member became, if they were merged into another. */
  readonly mergedInto: Named | null;
  /** Nobody knows any more who this was. */
  readonly erased: boolean;
  /** Whether this member can sign in. */
  readonly user: boolean;
  readonly version: number;
};
