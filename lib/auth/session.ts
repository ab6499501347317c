import "server-only";

import { randomUUID } from "node:crypto";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";

import { openSession, sessionCookieName } from "@/lib/auth/cookie";
import type { Ctx } from "@/lib/auth/ctx";
import { type Belonging, countUsers, findBelongings, findIdentity, type Identity } from "@/lib/auth/data";
import { DomainError } from "@/lib/domain/errors";

/** Who asks, by the cookie of this request; everything else in the house knows next-auth only through this file. */
async function currentIdentity(now: Date): Promise<Identity | null> {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const sessionId = await openSession(cookie);
  return sessionId === null ? null : await findIdentity(sessionId, now);
}

/**
 * The context of an API request.
 *
 * @throws DomainError `unauthenticated`
 */
export async function requireCtx(requestId: string): Promise<Ctx & { readonly sessionId: string }> {
  const now = new Date();
  const identity = await currentIdentity(now);
  if (!identity) throw new DomainError("unauthenticated", "Sign in first.");
  return ctxOf(identity, now, requestId);
}

function ctxOf({ organization, actor, sessionId, provenAt }: Identity, now: Date, requestId: string) {
  const via = { kind: "session", sessionId, provenAt } as const;
  return { organization, actor, via, now, requestId, sessionId };
}

/** The context of a page; somebody who is not signed in is sent to where they can be. Once a request. */
export const pageCtx = cache(async (): Promise<Ctx & { readonly sessionId: string }> => {
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
  return { identity, now };
});

/** Whether somebody is signed in, for the pages that are for those who are not. */
export async function isSignedIn(): Promise<boolean> {
  return (await currentIdentity(new Date())) !== null;
}

export async function isSetUp(): Promise<boolean> {
  return (await countUsers()) > 0;
}
