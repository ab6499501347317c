import "server-only";

import { cookieHeader, cookieName, isSecure, openCookie, sealCookie } from "@/lib/auth/secret";
import { SESSION_SECONDS } from "@/lib/domain/session-life";

/** The salt that next-auth gives its session cookie. */
const PURPOSE = "";

export const sessionCookieName = (): string => cookieName("session");

export const sessionCookieOptions = () => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: isSecure(),
});

/** The signed cookie of a session row; it names the row and says nothing else. */
export async function sealSession(sessionId: string): Promise<string> {
  return await sealCookie({ sessionId }, { seconds: SESSION_SECONDS, purpose: PURPOSE });
}

/** The session row that a cookie names; null for anything that we did not sign. */
export async function openSession(cookie: string | undefined): Promise<string | null> {
  const token = await openCookie(cookie, PURPOSE);
  return typeof token?.sessionId === "string" &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token.sessionId)
    ? token.sessionId
    : null;
}

/** The `Set-Cookie` header that signs in, or out when there is no session. */
export async function sessionCookieHeader(sessionId: string | null): Promise<string> {
  const value = sessionId === null ? "" : await sealSession(sessionId);
  return cookieHeader("session", value, sessionId === null ? 0 : SESSION_SECONDS);
}
