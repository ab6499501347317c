import "server-only";

import { newToken, readToken } from "@/lib/invitations/token";

/** By which a token is known wherever it turns up, for those who search code for secrets. */
const PREFIX = "twl_";

/** A token with 256 random bits, and what is kept of it. */
export function newApiToken(organizationId: string): {
  readonly token: string;
  readonly tokenHash: string;
  readonly ending: string;
} {
  const { token, tokenHash } = newToken(organizationId);
  return { token: PREFIX + token, tokenHash, ending: token.slice(-4) };
}

/** The organization and hash of a token; null for what is none. */
export const readApiToken = (token: string): ReturnType<typeof readToken> =>
  token.startsWith(PREFIX) ? readToken(token.slice(PREFIX.length)) : null;
