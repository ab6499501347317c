import { z } from "zod";

import type { Role } from "@/lib/domain/permission";
import { dateField, emailField, idField, optionalTextField, textField } from "@/lib/fields/schema";
import { rolesField, teamIdsField } from "@/lib/users/schema";

export const invitationInput = z.strictObject({
  email: emailField,
  name: textField(100),
  roles: rolesField,
  /** The teams that a lead will lead. */
  teamIds: teamIdsField.default([]),
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

export const byId = z.strictObject({ id: idField });
export const none = z.strictObject({});

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly expiresAt: string;
  /** How it is on its way: by hand, or by mail, which waits, is out, or could not be sent. */
  readonly delivery: "by_hand" | "waiting" | "sent" | "given_up";
  readonly lastError: string | null;
};

/** The link is shown once, since only its hash is kept; null when it goes out by mail. */
export type NewInvitation = Invitation & { readonly link: string | null };

export type InvitationPreview = {
  readonly organization: string;
  readonly email: string;
  readonly name: string;
  /** What accepting takes. */
  readonly asks: "new_password" | "own_password" | "nothing" | "provider";
  /** Through whom its person may come in instead, when the books that they were invited to trust one with them. */
  readonly provider: { readonly id: string; readonly name: string } | null;
};
