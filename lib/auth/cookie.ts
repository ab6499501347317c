import "server-only";

import { decode, encode } from "next-auth/jwt";

import { SESSION_SECONDS } from "@/lib/domain/session-life";

const SECRET_CHARACTERS_MIN = 32;

export function authSecret(): string {
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  if (secret.length < SECRET_CHARACTERS_MIN) throw new Error("NEXTAUTH_SECRET has at least 32 characters.");
  return secret;
}

const secure = (): boolean => (process.env.NEXTAUTH_URL ?? "").startsWith("https://");

/** `__Host-` binds the cookie to this host and path, which browsers allow on https alone. */
export const sessionCookieName = (): string => (secure() ? "__Host-twoline.session" : "twoline.session");

export const sessionCookieOptions = () => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: secure(),
});

/** The signed cookie of a session row; it names the row and says nothing else. */
export async function sealSession(sessionId: string): Promise<string> {
  return await encode({ token: { sessionId }, secret: authSecret(), maxAge: SESSION_SECONDS });
}

/** The session row that a cookie names; null for anything that we did not sign. */
export async function openSession(cookie: string | undefined): Promise<string | null> {
  if (!cookie || cookie.length > 4_096) return null;
  try {
    const token = await decode({ token: cookie, secret: authSecret() });
    return typeof token?.sessionId === "string" &&
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token.sessionId)
      ? token.sessionId
      : null;
  } catch {
    return null;
  }
}

/** The `Set-Cookie` header that signs in, or out when there is no session. */
export async function sessionCookieHeader(sessionId: string | null): Promise<string> {
  const value = sessionId === null ? "" : await sealSession(sessionId);
  const attributes = [`${sessionCookieName()}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax"];
  if (secure()) attributes.push("Secure");
  attributes.push(`Max-Age=${sessionId === null ? 0 : SESSION_SECONDS}`);
  return attributes.join("; ");
}
