import "server-only";

import { randomUUID } from "node:crypto";

import { sessionCookieName } from "@/lib/auth/cookie";
import { cookieOf } from "@/lib/auth/secret";
import { DomainError } from "@/lib/domain/errors";
import { problem } from "@/lib/http/problem";

/** What a form of any site can send without asking first; whatever else a browser would ask us about before. */
const FORM_TYPE = /^(text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)\s*(;|$)/i;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+\s*(;|$)/;

/**
 * A change has to come from a page of ours: browsers say where it comes from by the Origin and by Sec-Fetch-Site. What
 * says neither changes nothing with a session's cookie, and sends nothing that an old browser's form can send; a program
 * has a token, or no cookie.
 *
 * @throws DomainError `forbidden`
 */
export function assertOwnOrigin({ method, headers }: Request): void {
  if (method === "GET" || method === "HEAD") return;
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const foreign = origin !== null && !isOurs(origin, headers.get("host"));
  if (foreign || (site !== null && site !== "same-origin" && site !== "none")) {
    throw new DomainError("forbidden", "This request came from another site.");
  }
  const silent = origin === null && site !== "same-origin";
  const withSession = cookieOf(headers, sessionCookieName()) !== undefined;
  if (silent && (withSession || (method === "POST" && isFormLike(headers.get("content-type") ?? "")))) {
    throw new DomainError("forbidden", "Say by an Origin header where this request comes from.");
  }
}

const isFormLike = (type: string): boolean => !MEDIA_TYPE.test(type.trim()) || FORM_TYPE.test(type.trim());

/** The host that was asked, or the configured one where a proxy in front asks by another name. */
function isOurs(text: string, host: string | null): boolean {
  const origin = URL.parse(text);
  const configured = URL.parse(process.env.NEXTAUTH_URL ?? "");
  if (!origin || (configured?.protocol === "https:" && origin.protocol !== "https:")) return false;
  return origin.host === host || origin.origin === configured?.origin;
}

/** The same for a handler that is not made by `route()`. */
export const fromOwnOrigin =
  <Rest extends unknown[]>(handle: (request: Request, ...rest: Rest) => Promise<Response>) =>
  async (request: Request, ...rest: Rest): Promise<Response> => {
    try {
      assertOwnOrigin(request);
    } catch (thrown) {
      return problem(thrown, randomUUID());
    }
    return await handle(request, ...rest);
  };
