import { z } from "zod";

import { ROLES, type Role } from "@/lib/domain/permission";

export const none = z.strictObject({});

/** What can be no code is refused before it counts as a wrong one. */
export const codeField = z
  .string()
  .min(1, "Type the code.")
  .max(40, "This is too long for a code.")
  .regex(/^[\p{L}\p{N}\s-]*$/u, "A code has only letters and digits.");

/** Six digits of the phone, or a recovery code. */
export const codeInput = z.strictObject({ code: codeField });
export type CodeInput = z.output<typeof codeInput>;

export const policyInput = z.strictObject({
  version: z.int("Send the version that you read as If-Match."),
  /** Whoever has one of them, and signs in by a password, proves a second factor. */
  secondFactorRoles: z
    .array(z.enum(ROLES))
    .max(ROLES.length)
    .transform((list) => [...new Set(list)]),
});
export type PolicyInput = z.output<typeof policyInput>;

/** What the actor has besides their password. */
export type SecondFactor = {
  readonly enabled: boolean;
  /** One of the actor's roles asks for it, so it cannot be removed. */
  readonly required: boolean;
  /** A provider vouches for this session, so it can neither set one up nor remove it. */
  readonly vouched: boolean;
  readonly recoveryCodesLeft: number;
};

/** What a phone is shown, until a code of it confirms that it took it in. */
export type SecondFactorSetup = {
  /** For whoever types it. */
  readonly secret: string;
  readonly uri: string;
  /** The same as a QR code: the dark squares of a picture of so many squares a side. */
  readonly qr: { readonly size: number; readonly path: string };
};

/** Shown once: only their hashes are kept. */
export type RecoveryCodes = { readonly recoveryCodes: readonly string[] };

export type SignInPolicy = { readonly secondFactorRoles: readonly Role[]; readonly version: number };
