import { z } from "zod";

import { emailField, idField } from "@/lib/fields/schema";

export const signInInput = z.strictObject({
  email: emailField,
  password: z.string().min(1, "Type your password.").max(1_000, "This is too long for a password."),
});
export type SignInInput = z.input<typeof signInInput>;

export const switchInput = z.strictObject({ organizationId: idField });

export type SignedIn = { readonly organization: { readonly id: string; readonly name: string } };
