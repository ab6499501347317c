import "server-only";

import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";

import { authSecret, sessionCookieName, sessionCookieOptions } from "@/lib/auth/cookie";
import { deleteSession } from "@/lib/auth/data";
import { DomainError } from "@/lib/domain/errors";
import { SESSION_SECONDS } from "@/lib/domain/session-life";
import { signIn } from "@/lib/sign-in/service";

/** next-auth signs and reads the cookie; which session it names, and whether that still stands, is ours. */
export const authOptions = (): NextAuthOptions => ({
  secret: authSecret(),
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
  providers: [
    CredentialsProvider({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      async authorize(credentials, request) {
        const headers = new Headers(request.headers as Record<string, string>);
        try {
          const { sessionId } = await signIn(
            { email: credentials?.email ?? "", password: credentials?.password ?? "" },
            { headers, now: new Date() },
          );
          return { id: sessionId };
        } catch (error) {
          if (error instanceof DomainError) return null;
          throw error;
        }
      },
    }),
  ],
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
