import "server-only";

import type { NextAuthOptions } from "next-auth";

import { sessionCookieName, sessionCookieOptions } from "@/lib/auth/cookie";
import { deleteSession } from "@/lib/auth/data";
import { authSecret } from "@/lib/auth/secret";
import { SESSION_SECONDS } from "@/lib/domain/session-life";

/** next-auth signs and reads the cookie; which session it names, and whether that still stands, is ours. */
export const authOptions = (): NextAuthOptions => ({
  secret: authSecret(),
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
  // A password is taken by POST /api/v1/session alone, which throttles: one door, and no second one beside it.
  providers: [],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sessionId: user.id } : { sessionId: token.sessionId }),
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    async signOut({ token }) {
      if (typeof token?.sessionId === "string") await deleteSession(token.sessionId);
    },
  },
});
