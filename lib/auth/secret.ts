import "server-only";

import { decode, encode, type JWT } from "next-auth/jwt";

import { refusalOfSecret } from "@/lib/domain/session-secret";

/** What signs cookies from now on. */
export function authSecret(): string {
  return checked("NEXTAUTH_SECRET");
}

function checked(name: string): string {
  const secret = process.env[name] ?? "";
  const refusal = refusalOfSecret(secret);
  if (refusal) throw new Error(`${name} ${refusal}.`);
  return secret;
}

type Sealing = { readonly seconds: number; readonly purpose: string };

/** A cookie's value that only this server can make and read; one made for another purpose cannot be read as this. */
export async function sealCookie(token: JWT, { seconds, purpose }: Sealing): Promise<string> {
  return await encode({ token, secret: authSecret(), maxAge: seconds, salt: purpose });
}

/** What a cookie of ours says, also one made with the secret before this one; null for anything else. */
export async function openCookie(cookie: string | undefined, purpose: string): Promise<JWT | null> {
  if (!cookie || cookie.length > 4_096) return null;
  const previous = process.env.NEXTAUTH_SECRET_PREVIOUS ? [checked("NEXTAUTH_SECRET_PREVIOUS")] : [];
  for (const secret of [authSecret(), ...previous]) {
    const token = await decode({ token: cookie, secret, salt: purpose }).catch(() => null);
    if (token) return token;
  }
  return null;
}

/** A cookie that a request carries. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export const isSecure = (): boolean => (process.env.NEXTAUTH_URL ?? "").startsWith("https://");

/** `__Host-` binds a cookie to this host and path, which browsers allow on https alone. */
export const cookieName = (name: string): string =>
  isSecure() ? `__Host-twoline.${name}` : `twoline.${name}`;

/** A `Set-Cookie` header; no script reads such a cookie, and no other site's form sends it. */
export function cookieHeader(name: string, value: string, seconds: number): string {
  const attributes = [`${cookieName(name)}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax"];
  if (isSecure()) attributes.push("Secure");
  attributes.push(`Max-Age=${seconds}`);
  return attributes.join("; ");
}
