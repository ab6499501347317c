import "server-only";

import { randomUUID } from "node:crypto";

import { findAccount } from "@/lib/account/data";
import { createSession, deleteSession, findBelongings } from "@/lib/auth/data";
import { aGate, SPARING_ONE } from "@/lib/auth/gate";
import { hashPassword, isWeakHash, verifyPassword } from "@/lib/auth/password";
import { DomainError } from "@/lib/domain/errors";
import { domainOf } from "@/lib/domain/sign-in-provider";
import { findCredentials, findLastOrganization, mayReach, saveHash, switchSession } from "@/lib/sign-in/data";
import { type SignedIn, type SignedInByPassword, type SignInInput, signInInput } from "@/lib/sign-in/schema";
import { connectAccount, linkFor, mayBreakGlass, traceBrokenGlass } from "@/lib/sign-in/single-sign-on";
import { beginTry, type Caller } from "@/lib/sign-in/throttle";
import { findServedDomain } from "@/lib/single-sign-on/data";

/**
 * Tries at once: each costs a processor, memory, and connections that all other work shares, so one processor is left to
 * that. Whoever is sent away has cost none of them.
 */
const through = aGate({ atOnce: SPARING_ONE, waitingMax: 40 });

/**
 * Opens a session for an e-mail address and its password. A wrong password and an unknown account look and cost the
 * same; failures are throttled.
 *
 * @throws DomainError `unauthenticated`, `single_sign_on_required`, `too_many_attempts`, `busy`, `invalid_input`
 */
export function signIn(input: SignInInput, caller: SignInCaller): Promise<OpenedSession> {
  return through(() => signInThrough(input, caller));
}

type SignInCaller = Caller & { readonly requestId?: string };
type OpenedSession = SignedInByPassword & { readonly sessionId: string };

async function signInThrough(
  input: SignInInput,
  { headers, now, requestId = randomUUID() }: SignInCaller,
): Promise<OpenedSession> {
  const { email, password, connect } = signInInput.parse(input);
  const link = connect ? await linkFor(email, headers) : null;
  const served = link ? null : await findServedDomain(domainOf(email));
  const tried = await tryThrough({ email, password }, { headers, now });
  const { userId } = tried;
  const belongings = userId ? await findBelongings(userId, now) : [];
  const breaksGlass = served?.enforced ? await mayBreakGlass(served, tried, belongings, now) : false;
  const ids = belongings.map(({ organizationId }) => organizationId);
  const last = userId ? await findLastOrganization(userId, ids) : null;
  const organizationId = ids.find((id) => id === link?.organizationId) ?? last;
  if (!userId || !organizationId) throw new DomainError("unauthenticated", "E-mail or password is wrong.");

  const userAgent = headers.get("user-agent") ?? "";
  const sessionId = await tried.succeed(async (db) => {
    if (link) await connectAccount(db, link, { userId, now, requestId });
    if (served && breaksGlass) await traceBrokenGlass(db, served, { userId, now, requestId });
    return await createSession(db, { userId, organizationId, userAgent, now });
  });
  const name = belongings.find((belonging) => belonging.organizationId === organizationId)?.name ?? "";
  const { hasSecondFactor: secondFactor } = await findAccount(userId);
  return { sessionId, secondFactor, organization: { id: organizationId, name } };
}

type Tried = Awaited<ReturnType<typeof beginTry>> & {
  /** Whose password it is; null when it is not the account's, or there is no such account. */
  readonly userId: string | null;
};

/**
 * Whether a password is the account's. Wherever one is asked for, failures count together.
 *
 * @throws DomainError `too_many_attempts`, `busy`
 */
export function tryPassword(tried: Typed, caller: Caller): Promise<Tried> {
  return through(() => tryThrough(tried, caller));
}

type Typed = { readonly email: string; readonly password: string };

async function tryThrough({ email, password }: Typed, caller: Caller): Promise<Tried> {
  const begun = await beginTry(email, caller);
  const user = await findCredentials(email);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user?.passwordHash && matches && isWeakHash(user.passwordHash)) {
    await saveHash(user.id, await hashPassword(password));
  }
  return { ...begun, userId: user && matches ? user.id : null };
}

/** Ends a session at once. */
export async function signOut(ctx: { readonly sessionId: string }): Promise<void> {
  await deleteSession(ctx.sessionId);
}

/**
 * Turns a session to another organization of its user; it has another id from then on.
 *
 * @throws DomainError `not_found`, also for an organization that exists but is not theirs
 */
export async function switchOrganization(
  ctx: { readonly sessionId: string; readonly actor: { readonly userId: string }; readonly now: Date },
  organizationId: string,
): Promise<SignedIn & { readonly sessionId: string }> {
  const belongings = await findBelongings(ctx.actor.userId, ctx.now);
  const found = belongings.find((belonging) => belonging.organizationId === organizationId);
  if (!found) throw new DomainError("not_found", "There is no such organization.");
  if (!(await mayReach(ctx.sessionId, found)))
    throw new DomainError(
      "forbidden",
      "Sign in with your password to go there: your provider is not trusted in it.",
    );
  const sessionId = await switchSession(ctx.sessionId, found.organizationId);
  return { sessionId, organization: { id: found.organizationId, name: found.name } };
}
