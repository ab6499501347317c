import { z } from "zod";

import { ROLES, type Role } from "@/lib/domain/permission";
import { dateField, emailField, idField, optionalTextField, textField } from "@/lib/fields/schema";

const roles = z
  .array(z.enum(ROLES))
  .min(1, "Choose a role.")
  .max(ROLES.length)
  .transform((list) => [...new Set(list)]);

export const invitationInput = z.strictObject({
  email: emailField,
  name: textField(100),
  roles,
  /** The teams that a lead will lead. */
  teamIds: z.array(idField).max(50).default([]),
  /** The member that this person is; without one, a member of that address, or a new one. */
  memberId: idField.nullable().default(null),
  roleEndsOn: dateField.nullable().default(null),
});
export type InvitationInput = z.output<typeof invitationInput>;

export const acceptanceInput = z.strictObject({
  token: z.string().min(1).max(200),
  name: optionalTextField(100).default(""),
  password: z.string().max(1_000, "Use at most 128 characters.").default(""),
});
export type AcceptanceInput = z.output<typeof acceptanceInput>;

export const userChange = z.strictObject({
  id: idField,
  roles,
  roleEndsOn: dateField.nullable().default(null),
});
export type UserChange = z.output<typeof userChange>;

export const byId = z.strictObject({ id: idField });
export const none = z.strictObject({});

export type User = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly roleEndsOn: string | null;
  readonly memberId: string | null;
};

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly expiresAt: string;
};

/** The link is shown once: only its hash is kept. */
export type NewInvitation = Invitation & { readonly link: string };

export type InvitationPreview = {
  readonly organization: string;
  readonly email: string;
  readonly name: string;
  /** What accepting takes. */
  readonly asks: "new_password" | "own_password" | "nothing";
};

export type Session = {
  readonly id: string;
  readonly userAgent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
};
