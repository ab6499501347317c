import { z } from "zod";

import { newPasswordField } from "@/lib/account/schema";
import { emailField } from "@/lib/fields/schema";

export const resetRequest = z.strictObject({ email: emailField });
export type ResetRequest = z.output<typeof resetRequest>;

export const resetInput = z.strictObject({
  token: z.string().min(1).max(200),
  password: newPasswordField,
});
export type ResetInput = z.output<typeof resetInput>;

/** Whose password a link changes. */
export type ResetPreview = { readonly email: string };
