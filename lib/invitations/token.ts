import "server-only";

import { createHash, randomBytes } from "node:crypto";

/**
 * A one-time link carries its organization, because nobody is signed in who could say it, and 256 random bits. Only
 * the SHA-256 of the random part is kept.
 */
export function newToken(organizationId: string): { readonly token: string; readonly tokenHash: string } {
  const secret = randomBytes(32);
  const organization = Buffer.from(organizationId.replaceAll("-", ""), "hex");
  return { token: Buffer.concat([organization, secret]).toString("base64url"), tokenHash: hashOf(secret) };
}

/** The organization and hash of a token; null for what is none. */
export function readToken(
  token: string,
): { readonly organizationId: string; readonly tokenHash: string } | null {
  if (!/^[\w-]{64}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const hex = bytes.subarray(0, 16).toString("hex");
  const organizationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { organizationId, tokenHash: hashOf(bytes.subarray(16)) };
}

const hashOf = (secret: Buffer): string => createHash("sha256").update(secret).digest("hex");

/** Where an invitation is accepted. */
export const joinLink = (token: string): string => `${process.env.NEXTAUTH_URL ?? ""}/join/${token}`;
