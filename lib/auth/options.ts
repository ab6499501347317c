import "server-only";

import { randomUUID } from "node:crypto";
import type { NextAuthOptions } from "next-auth";

import { sessionCookieName, sessionCookieOptions } from "@/lib/auth/cookie";
import { linkCookieHeader } from "@/lib/auth/link";
import { askNextAuth } from "@/lib/auth/next-auth";
import { type PendingProof, pendingProof, proofCookieHeader } from "@/lib/auth/proof";
import { providerOf } from "@/lib/auth/provider";
import { authSecret } from "@/lib/auth/secret";
import { SESSION_SECONDS } from "@/lib/domain/session-life";
import { type Arrival, arrive, openConnection, type ProviderInUse } from "@/lib/single-sign-on/arrival";
import { proveThrough } from "@/lib/single-sign-on/proof";

type RouteContext = { readonly params: Promise<{ nextauth: string[] }> };
type Tell = (code: string, details: object) => void;

/** What next-auth does here: it sends people to a provider and checks what comes back. All else has its own routes. */
const ACTIONS = new Set(["csrf", "signin", "callback", "error"]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Answers a request below /api/auth. */
export async function answerProvider(request: Request, context: RouteContext, tell: Tell): Promise<Response> {
  const { nextauth } = await context.params;
  const [action = "", id = ""] = nextauth;
  if (!ACTIONS.has(action)) return new Response(null, { status: 404 });
  const connection = await opened(id, tell);
  if (connection === "unreachable") return away(request, "provider");
  let arrival: Arrival | null = null;
  const proof = connection && (await pendingProof(request.headers, connection.id));
  const options = optionsOf(connection, proof, tell, async (claims) => {
    const userAgent = request.headers.get("user-agent") ?? "";
    const caller = { userAgent, now: new Date(), requestId: randomUUID() };
    if (connection && proof) arrival = await proveThrough(connection, claims, proof, caller.now);
    else arrival = connection && (await arrive(connection, claims, caller));
    return arrival;
  });
  const response = await askNextAuth(request, nextauth, options);
  const arrived = arrival as Arrival | null;
  if (proof && arrived) response.headers.append("Set-Cookie", await proofCookieHeader(null));
  if (arrived?.kind === "link") response.headers.append("Set-Cookie", await linkCookieHeader(arrived.link));
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

async function opened(id: string, tell: Tell): Promise<ProviderInUse | "unreachable" | null> {
  if (!UUID.test(id)) return null;
  try {
    return await openConnection(id, new Date());
  } catch (error) {
    tell("provider unreachable", { connectionId: id, reason: error instanceof Error ? error.message : "" });
    return "unreachable";
  }
}

/** To the sign-in page, in the way in which whoever asked can follow. */
function away({ method }: Request, refused: string): Response {
  const url = `${baseUrl()}/sign-in?refused=${refused}`;
  return method === "POST"
    ? Response.json({ url })
    : new Response(null, { status: 302, headers: { Location: url } });
}

const baseUrl = (): string => new URL(process.env.NEXTAUTH_URL ?? "").origin;

function optionsOf(
  connection: ProviderInUse | null,
  proof: PendingProof | null,
  tell: Tell,
  onArrival: (claims: Readonly<Record<string, unknown>>) => Promise<Arrival | null>,
): NextAuthOptions {
  let sessionId: string | null = null;
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    providers: connection ? [providerOf(connection, { anew: proof !== null })] : [],
    logger: {
      error: (code, details) => tell(code, { connectionId: connection?.id, reason: reasonOf(details) }),
      warn: () => {},
      debug: () => {},
    },
    callbacks: {
      async signIn({ profile }) {
        const arrival = await onArrival((profile ?? {}) as Readonly<Record<string, unknown>>);
        if (arrival?.kind === "link") return `${baseUrl()}/sign-in?connect=1`;
        if (arrival?.kind !== "session") {
          // Whoever proves it once more is signed in as before, whatever came of it.
          const page = proof ? "settings/account" : "sign-in";
          return `${baseUrl()}/${page}?refused=${arrival?.why ?? "provider"}`;
        }
        sessionId = arrival.sessionId;
        return true;
      },
      // The cookie names our session and says nothing else.
      jwt: () => ({ ...(sessionId !== null && { sessionId }) }),
      redirect: ({ url }) => (isOurs(url) ? url : `${baseUrl()}/budget`),
    },
  };
}

/** Whether an address is one of this site's own pages, whatever a browser would make of it. */
function isOurs(url: string): boolean {
  return URL.canParse(url) && /^https?:\/\//.test(url) && new URL(url).origin === baseUrl();
}

/** The words of an error, without what it carries of the provider's answer. */
function reasonOf(details: unknown): string {
  const error = details instanceof Error ? details : (details as { error?: unknown } | null)?.error;
  // What was expected, after the comma, is a secret of that sign-in.
  return error instanceof Error ? (error.message.split(",")[0] ?? "").slice(0, 300) : "";
}
