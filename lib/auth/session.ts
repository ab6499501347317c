import "server-only";

import { randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";

import { openSession, sessionCookieName } from "@/lib/auth/cookie";
import type { Ctx } from "@/lib/auth/ctx";
import {
  type Belonging,
  countUsers,
  findBelongings,
  findIdentity,
  findTokenIdentity,
  type Identity,
} from "@/lib/auth/data";
import { openLink } from "@/lib/auth/link";
import { cookieName } from "@/lib/auth/secret";
import { assertFewWrongTokens } from "@/lib/auth/wrong-tokens";
import { DomainError } from "@/lib/domain/errors";
import type { SecondFactorStep } from "@/lib/domain/second-factor";
import { findOpenConnection } from "@/lib/single-sign-on/data";
import { readApiToken } from "@/lib/tokens/secret";

/** The context of somebody who is signed in with a browser session. */
export type SessionCtx = Ctx & { readonly sessionId: string };

/** Who asks, by the cookie of this request; everything else in the house knows next-auth only through this file. */
async function currentIdentity(now: Date): Promise<Identity | null> {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const sessionId = await openSession(cookie);
  return sessionId === null ? null : await findIdentity(sessionId, now);
}

/**
 * The context of an API request: of the token that it carries, else of the session that its cookie names.
 *
 * @throws DomainError `unauthenticated`, `too_many_attempts`
 */
export async function requireCtx(headers: Headers, requestId: string): Promise<Ctx> {
  const token = bearerOf(headers);
  return token === null
    ? await requireSessionCtx(headers, requestId)
    : await tokenCtx(token, headers, requestId);
}

/**
 * The same for what only somebody who is signed in may ask.
 *
 * @param openBefore what they may still have to show of a second factor when they ask it
 * @throws DomainError `unauthenticated`, `second_factor_required`, `second_factor_missing`; `forbidden` for a token
 */
export async function requireSessionCtx(
  headers: Headers,
  requestId: string,
  openBefore: readonly SecondFactorStep[] = [],
): Promise<SessionCtx> {
  if (bearerOf(headers) !== null) {
    await requireCtx(headers, requestId);
    throw new DomainError("forbidden", "No API token may do that. Sign in to do it.");
  }
  const now = new Date();
  const identity = await currentIdentity(now);
  if (!identity) throw new DomainError("unauthenticated", "Sign in first.");
  if (!openBefore.includes(identity.step)) assertNothingLeft(identity.step);
  return ctxOf(identity, now, requestId);
}

/** A session opens nothing before its person has shown all that is asked of them. */
function assertNothingLeft(step: SecondFactorStep): void {
  if (step === "prove") {
    throw new DomainError("second_factor_required", "Type the code of your second factor first.");
  }
  if (step === "set_up") {
    throw new DomainError("second_factor_missing", "Your role asks for a second factor. Set it up first.");
  }
}

/** What a request says after "Bearer"; null when it says nothing of that kind. */
export function bearerOf(headers: Headers): string | null {
  const said = headers.get("authorization") ?? "";
  return /^bearer\b/i.test(said) ? said.slice("bearer".length).trim() : null;
}

async function tokenCtx(text: string, headers: Headers, requestId: string): Promise<Ctx> {
  const now = new Date();
  const asked = readApiToken(text);
  const identity = asked && (await findTokenIdentity(asked, now));
  if (!identity) {
    if (asked) await assertFewWrongTokens(text, headers, now);
    throw new DomainError("unauthenticated", "This token is none, or has ended.");
  }
  const { organization, actor, tokenId, scopes } = identity;
  return { organization, actor, via: { kind: "token", tokenId, scopes }, now, requestId };
}

function ctxOf(identity: Identity, now: Date, requestId: string): SessionCtx {
  const { organization, actor, sessionId, provenAt, connectionId } = identity;
  const via = { kind: "session", sessionId, provenAt, connectionId } as const;
  return { organization, actor, via, now, requestId, sessionId };
}

/** The context of a page; somebody who is not signed in is sent to where they can be. Once a request. */
export const pageCtx = cache(async (): Promise<SessionCtx> => {
  const { identity, now } = await pageIdentity();
  return ctxOf(identity, now, randomUUID());
});

/** What the frame of every page shows of the person, and the organizations to switch to. */
export const pageAccount = cache(async (): Promise<{ user: Identity["user"]; belongings: Belonging[] }> => {
  const { identity, now } = await pageIdentity();
  return { user: identity.user, belongings: await findBelongings(identity.user.id, now) };
});

const pageIdentity = cache(async (): Promise<{ identity: Identity; now: Date }> => {
  const now = new Date();
  const identity = await currentIdentity(now);
  if (!identity) redirect((await countUsers()) === 0 ? "/setup" : "/sign-in");
  if (identity.step !== null) redirect("/second-factor");
  return { identity, now };
});

/** What somebody who is signed in still has to show before the books open; null for whoever is not signed in. */
export async function pageStep(): Promise<{
  readonly step: SecondFactorStep;
  readonly email: string;
} | null> {
  const identity = await currentIdentity(new Date());
  return identity && { step: identity.step, email: identity.user.email };
}

/** Whether somebody is signed in, for the pages that are for those who are not. */
export async function isSignedIn(): Promise<boolean> {
  return (await currentIdentity(new Date())) !== null;
}

/** Whom a provider sent to this browser, while they have not signed in to the account of their address. */
export async function pendingConnection(): Promise<{ readonly email: string; readonly name: string } | null> {
  const link = await openLink((await cookies()).get(cookieName("link"))?.value);
  const connection = link && (await findOpenConnection(link.connectionId));
  return link && connection && { email: link.email, name: connection.name };
}

export async function isSetUp(): Promise<boolean> {
  return (await countUsers()) > 0;
}
