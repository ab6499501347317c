export const PROVIDER_KINDS = ["oidc", "google", "microsoft", "github"] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** What a provider is called until somebody gives it a name. */
export const PROVIDER_NAMES: Readonly<Record<ProviderKind, string>> = {
  oidc: "Single sign-on",
  google: "Google",
  microsoft: "Microsoft",
  github: "GitHub",
};

/** Where it is when its owner need not say. */
export const KNOWN_ISSUERS: Readonly<Partial<Record<ProviderKind, string>>> = {
  google: "https://accounts.google.com",
  github: "https://github.com",
};

/** Microsoft's directory for everybody: its tokens name other issuers, and anybody may have an account there. */
const EVERYBODYS_DIRECTORY =
  /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)(\/|$)/i;

/** Why an issuer cannot vouch for an organization's people; null when it can. */
export function refusalOfIssuer(kind: ProviderKind, issuer: string): string | null {
  if (EVERYBODYS_DIRECTORY.test(issuer)) return "Use the address of your own directory, with its id in it.";
  if (kind === "google" && issuer !== KNOWN_ISSUERS.google) return `Google's is ${KNOWN_ISSUERS.google}.`;
  return null;
}

/** Where GitHub, which is no OpenID provider, is asked: github.com, or an Enterprise server's own address. */
export function gitHubEndpoints(issuer: string) {
  const base = issuer.replace(/\/$/, "");
  const api = base === KNOWN_ISSUERS.github ? "https://api.github.com" : `${base}/api/v3`;
  return {
    authorization: `${base}/login/oauth/authorize`,
    token: `${base}/login/oauth/access_token`,
    user: `${api}/user`,
    emails: `${api}/user/emails`,
  };
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1);

type Claims = Readonly<Record<string, unknown>>;
const isTrue = (value: unknown): boolean =>
  value === true || value === "true" || value === 1 || value === "1";
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/**
 * The address that a provider vouches for, as it wrote it; null when it vouches for none.
 *
 * Of GitHub's, which may be many, one of the domains that are served comes first, then the primary one. Microsoft's
 * `email` may say anything unless its domain's owner was verified; the name that somebody signs in with always ends in a
 * domain that the directory has proved to own.
 */
export function vouchedEmail(kind: ProviderKind, claims: Claims, domains: readonly string[]): string | null {
  if (kind === "github") return gitHubEmail(claims.emails, domains);
  const email = text(claims.email);
  if (email !== null && isTrue(claims.email_verified)) return email;
  if (kind !== "microsoft") return null;
  return email !== null && isTrue(claims.xms_edov) ? email : text(claims.preferred_username);
}

function gitHubEmail(emails: unknown, domains: readonly string[]): string | null {
  const verified = (Array.isArray(emails) ? emails : []).filter(
    (entry): entry is { email: string; primary?: unknown } =>
      typeof entry === "object" && entry !== null && isTrue(entry.verified) && text(entry.email) !== null,
  );
  const served = verified.filter(({ email }) => domains.includes(domainOf(email.toLowerCase())));
  const best = (list: typeof verified) => list.find(({ primary }) => isTrue(primary)) ?? list[0];
  return (best(served) ?? best(verified))?.email ?? null;
}

/** Why somebody whom a provider sent is not let in, as the sign-in page is told. */
export const REFUSALS = [
  ...(["unverified", "domain", "not_invited", "no_access", "provider"] as const),
  // Of somebody who is signed in and proves once more who they are.
  ...(["not_fresh", "other_person"] as const),
] as const;
export type ArrivalRefusal = (typeof REFUSALS)[number];

/** How far a provider's clock may be from ours. */
const SKEW_SECONDS = 60;

/**
 * Whether a provider says that its person proved who they are since we asked it for that. One that only knows them from
 * before, or does not say when, has proved nothing.
 *
 * @param begun when we asked, in seconds
 */
export const provedSince = (authTime: unknown, begun: number): boolean =>
  typeof authTime === "number" && Number.isFinite(authTime) && authTime >= begun - SKEW_SECONDS;
