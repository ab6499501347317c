import "server-only";

import { openSession, sessionCookieName } from "@/lib/auth/cookie";
import { cookieHeader, cookieName, cookieOf, openCookie, sealCookie } from "@/lib/auth/secret";

const PURPOSE = "proof";
const PROOF_SECONDS = 600;

/** A session whose person went to their provider to prove once more who they are, and when, in seconds. */
export type PendingProof = {
  readonly sessionId: string;
  readonly connectionId: string;
  readonly begun: number;
};

export async function proofCookieHeader(proof: PendingProof | null): Promise<string> {
  if (proof === null) return cookieHeader("proof", "", 0);
  const value = await sealCookie({ ...proof }, { seconds: PROOF_SECONDS, purpose: PURPOSE });
  return cookieHeader("proof", value, PROOF_SECONDS);
}

/** What this browser's session went to that provider for; null when it is signed in as somebody else, or not at all. */
export async function pendingProof(headers: Headers, connectionId: string): Promise<PendingProof | null> {
  const token = await openCookie(cookieOf(headers, cookieName("proof")), PURPOSE);
  const { sessionId, begun } = token ?? {};
  if (typeof sessionId !== "string" || typeof begun !== "number") return null;
  if (token?.connectionId !== connectionId) return null;
  const present = await openSession(cookieOf(headers, sessionCookieName()));
  return present === sessionId ? { sessionId, connectionId, begun } : null;
}
