import "server-only";

import { cookieHeader, cookieName, cookieOf, openCookie, sealCookie } from "@/lib/auth/secret";

const PURPOSE = "link";
const LINK_SECONDS = 600;
const FIELDS = ["organizationId", "connectionId", "issuer", "subject", "email"] as const;

/** Whom a provider sent, until the account of that address is signed in to: only this browser carries it. */
export type PendingLinkCookie = Readonly<Record<(typeof FIELDS)[number], string>>;

export async function linkCookieHeader(link: PendingLinkCookie | null): Promise<string> {
  if (link === null) return cookieHeader("link", "", 0);
  const value = await sealCookie({ ...link }, { seconds: LINK_SECONDS, purpose: PURPOSE });
  return cookieHeader("link", value, LINK_SECONDS);
}

export async function pendingLink(headers: Headers): Promise<PendingLinkCookie | null> {
  return await openLink(cookieOf(headers, cookieName("link")));
}

export async function openLink(cookie: string | undefined): Promise<PendingLinkCookie | null> {
  const token = await openCookie(cookie, PURPOSE);
  if (!token || !FIELDS.every((field) => typeof token[field] === "string")) return null;
  return Object.fromEntries(FIELDS.map((field) => [field, token[field]])) as PendingLinkCookie;
}
