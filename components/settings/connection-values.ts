import { PROVIDER_NAMES, type ProviderKind } from "@/lib/domain/sign-in-provider";
import type { Connection } from "@/lib/single-sign-on/schema";

/** A provider as its form holds it. */
export type ConnectionValues = {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As typed: with spaces, commas or line breaks between them. */
  readonly domains: string;
  readonly enforced: readonly string[];
  readonly admitsNewcomers: boolean;
};

export const valuesOf = (connection?: Connection): ConnectionValues => ({
  kind: connection?.kind ?? "oidc",
  name: connection?.name ?? PROVIDER_NAMES.oidc,
  issuer: connection?.issuer ?? "",
  clientId: connection?.clientId ?? "",
  clientSecret: "",
  domains: (connection?.domains ?? []).map(({ domain }) => domain).join(" "),
  enforced: (connection?.domains ?? []).filter(({ enforced }) => enforced).map(({ domain }) => domain),
  admitsNewcomers: connection?.admitsNewcomers ?? false,
});

/** The domains of a text, each once; an @ before one is none of it. */
export function typedDomains(text: string): string[] {
  const words = text.toLowerCase().split(/[\s,;]+/);
  return [...new Set(words.map((word) => word.replace(/^@/, "")).filter(Boolean))];
}

export function toBody(
  { domains, enforced, clientSecret, kind, ...values }: ConnectionValues,
  was?: Connection,
) {
  return {
    ...values,
    ...(was === undefined && { kind }),
    ...((was === undefined || clientSecret !== "") && { clientSecret }),
    domains: typedDomains(domains).map((domain) => ({ domain, enforced: enforced.includes(domain) })),
  };
}
