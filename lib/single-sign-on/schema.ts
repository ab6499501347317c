import { z } from "zod";

import { PROVIDER_KINDS, type ProviderKind } from "@/lib/domain/sign-in-provider";
import { emailField, idField, optionalTextField, textField, versionField } from "@/lib/fields/schema";

const domainField = z
  .string()
  .trim()
  .toLowerCase()
  .max(253, "Use at most 253 characters.")
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/, "Use a domain like example.com.");

const domains = z
  .array(z.strictObject({ domain: domainField, enforced: z.boolean().default(false) }))
  .min(1, "Name the e-mail domains whose people sign in here.")
  .max(20, "Use at most 20 domains.")
  .refine(
    (list) => new Set(list.map(({ domain }) => domain)).size === list.length,
    "A domain is named once.",
  );

/** Printable, on one line: it travels in the address of a page and in the head of a request. */
const keyField = (charactersMax: number) =>
  z
    .string()
    .trim()
    .min(1, "Fill this in.")
    .max(charactersMax, `Use at most ${charactersMax} characters.`)
    .regex(/^[\x21-\x7e]+$/, "This has characters that no provider gives.");

const fields = {
  name: textField(60),
  /** An address that begins with https://, as the provider writes it. */
  issuer: optionalTextField(300),
  clientId: keyField(300),
  clientSecret: keyField(1_000),
  domains,
  admitsNewcomers: z.boolean(),
};

export const connectionInput = z.strictObject({ kind: z.enum(PROVIDER_KINDS), ...fields });
export type ConnectionInput = z.output<typeof connectionInput>;

export const connectionChange = z.strictObject({
  id: idField,
  version: versionField,
  ...z.object(fields).partial().shape,
});
export type ConnectionChange = z.output<typeof connectionChange>;

export const byId = z.strictObject({ id: idField });
export const none = z.strictObject({});
export const doorInput = z.strictObject({ email: emailField });

/** What an OpenID provider says of itself, as far as it is asked. */
export const discoveryDocument = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  userinfo_endpoint: z.string().optional(),
  jwks_uri: z.string(),
  id_token_signing_alg_values_supported: z.array(z.string()).default(["RS256"]),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(["client_secret_basic"]),
});

export type Connection = {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly domains: readonly { readonly domain: string; readonly enforced: boolean }[];
  readonly admitsNewcomers: boolean;
  /** When somebody last came through it. */
  readonly usedAt: string | null;
  /** What the provider asks for as redirect or callback address. */
  readonly callbackUrl: string;
  readonly version: number;
};

/** How the people of an e-mail domain come in. */
export type Door = {
  readonly connection: { readonly id: string; readonly name: string } | null;
  /** No password is taken, except of an owner. */
  readonly enforced: boolean;
};
