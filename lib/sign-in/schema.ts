import { z } from "zod";

import { emailField, idField } from "@/lib/fields/schema";

/** A password that somebody has, whatever the rules were when it was chosen. */
export const ownPasswordField = z
  .string()
  .min(1, "Type your password.")
  .max(1_000, "This is too long for a password.");

export const signInInput = z.strictObject({
  email: emailField,
  password: ownPasswordField,
  /** Also connects the account with who a provider, a moment ago, said this browser's person is. */
  connect: z.boolean().default(false),
});
export type SignInInput = z.input<typeof signInInput>;

export const switchInput = z.strictObject({ organizationId: idField });

export type SignedIn = { readonly organization: { readonly id: string; readonly name: string } };

/** What signing in by a password came to; a session whose person has a second factor opens nothing before its code. */
export type SignedInByPassword = SignedIn & { readonly secondFactor: boolean };
