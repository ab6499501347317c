import { z } from "zod";

import { ownPasswordField } from "@/lib/sign-in/schema";

export const none = z.strictObject({});

/** What somebody shows to prove once more who they are. */
export const proofInput = z.strictObject({ password: ownPasswordField });
export type ProofInput = z.output<typeof proofInput>;

/** Whoever is signed in, as they see themselves. */
export type Account = {
  readonly name: string;
  readonly email: string;
  /** Whether there is a password to prove it with; else it takes signing in anew. */
  readonly hasPassword: boolean;
};
