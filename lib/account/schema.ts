import { z } from "zod";

import { textField } from "@/lib/fields/schema";
import { codeField } from "@/lib/second-factor/schema";
import { ownPasswordField } from "@/lib/sign-in/schema";

export const none = z.strictObject({});

/** What somebody shows to prove once more who they are: all that they sign in with here. */
export const proofInput = z.strictObject({
  password: ownPasswordField.optional(),
  code: codeField.optional(),
});
export type ProofInput = z.output<typeof proofInput>;

export const newPasswordField = z
  .string()
  .min(1, "Choose a password.")
  .max(1_000, "Use at most 128 characters.");

export const passwordChange = z.strictObject({ current: ownPasswordField, password: newPasswordField });
export type PasswordChange = z.output<typeof passwordChange>;

export const accountChange = z.strictObject({ name: textField(100) });
export type AccountChange = z.output<typeof accountChange>;

/** Whoever is signed in, as they see themselves. */
export type Account = {
  readonly name: string;
  readonly email: string;
  /** Whether there is a password to prove it with; else it takes signing in anew. */
  readonly hasPassword: boolean;
  /** Whether a code is asked as well. */
  readonly hasSecondFactor: boolean;
  /** The provider at which it can be proved instead, when it vouches for this session. */
  readonly provider: { readonly id: string; readonly name: string } | null;
};
