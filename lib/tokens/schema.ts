import { z } from "zod";

import { TOKEN_SCOPES, type TokenScope } from "@/lib/domain/token-scope";
import { dateField, idField, textField } from "@/lib/fields/schema";

export const tokenInput = z.strictObject({
  name: textField(100),
  /** What it may do besides reading. */
  scopes: z
    .array(z.enum(TOKEN_SCOPES))
    .min(1, "Choose what it may do.")
    .max(TOKEN_SCOPES.length)
    .transform((list) => TOKEN_SCOPES.filter((scope) => list.includes(scope))),
  /** The first day on which it no longer works, at most a year ahead. */
  expiresOn: dateField,
  /** Whether it stays when its maker leaves, as the organization's own. */
  survives: z.boolean().default(false),
});
export type TokenInput = z.output<typeof tokenInput>;

export const byId = z.strictObject({ id: idField });
export const none = z.strictObject({});

export type ApiToken = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** Its last four characters. */
  readonly ending: string;
  /** Who made it; null: somebody who is no longer known here. */
  readonly madeBy: string | null;
  readonly mine: boolean;
  readonly survives: boolean;
  /** Its maker has left, and it acts with what they could then. */
  readonly orphaned: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
};

/** The token is shown once: only its hash is kept. */
export type NewApiToken = ApiToken & { readonly token: string };
