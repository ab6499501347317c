import { type NextRequest, NextResponse } from "next/server";

import { pagePolicy } from "@/lib/http/page-policy";

/**
 * Gives every page the policy under which nothing runs in it but our own scripts of this very request. It opens
 * nothing and lets nobody in: who may see what is decided where it is read.
 */
export function proxy(request: NextRequest): NextResponse {
  // Pages are read; what changes something is a route, and there are no Server Actions.
  if ((request.method !== "GET" && request.method !== "HEAD") || request.headers.has("next-action")) {
    return new NextResponse(null, { status: 405, headers: { Allow: "GET, HEAD" } });
  }
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = pagePolicy(nonce, { development: process.env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // The framework takes the nonce of its own scripts from here.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("Reporting-Endpoints", 'csp="/api/csp-reports"');
  return response;
}

export const config = {
  // The interface and its uploads are left alone: a body that passes here is cut at ten megabytes without a word.
  matcher: ["/((?!api/|_next/|healthz$|readyz$|icon\\.svg$).*)", "/api/docs"],
};
