import "server-only";

import { createSession, deleteSession, findBelongings } from "@/lib/auth/data";
import { aGate } from "@/lib/auth/gate";
import { hashPassword, isWeakHash, verifyPassword } from "@/lib/auth/password";
import { DomainError } from "@/lib/domain/errors";
import { findCredentials, findLastOrganization, saveHash, switchSession } from "@/lib/sign-in/data";
import { type SignedIn, signInInput } from "@/lib/sign-in/schema";
import { beginTry, type Caller } from "@/lib/sign-in/throttle";

/** Tries at once: each costs processors, memory, and a connection that all other work shares. */
const through = aGate({ atOnce: 2, waitingMax: 40 });

/**
 * Opens a session for an e-mail address and its password. A wrong password and an unknown account look and cost the
 * same; failures are throttled.
 *
 * @throws DomainError `unauthenticated`, `too_many_attempts`, `busy`, `invalid_input`
 */
export async function signIn(
  input: { email: string; password: string },
  { headers, now }: Caller,
): Promise<SignedIn & { readonly sessionId: string }> {
  const { userId, succeed } = await tryPassword(signInInput.parse(input), { headers, now });
  const belongings = userId ? await findBelongings(userId, now) : [];
  const ids = belongings.map(({ organizationId }) => organizationId);
  const organizationId = userId ? await findLastOrganization(userId, ids) : null;
  if (!userId || !organizationId) throw new DomainError("unauthenticated", "E-mail or password is wrong.");

  const userAgent = headers.get("user-agent") ?? "";
  const sessionId = await succeed((db) => createSession(db, { userId, organizationId, userAgent, now }));
  const name = belongings.find((belonging) => belonging.organizationId === organizationId)?.name ?? "";
  return { sessionId, organization: { id: organizationId, name } };
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
export function tryPassword(
  { email, password }: { readonly email: string; readonly password: string },
  caller: Caller,
): Promise<Tried> {
  return through(async () => {
    const begun = await beginTry(email, caller);
    const user = await findCredentials(email);
    const matches = await verifyPassword(user?.passwordHash ?? null, password);
    if (user?.passwordHash && matches && isWeakHash(user.passwordHash)) {
      await saveHash(user.id, await hashPassword(password));
    }
    return { ...begun, userId: user && matches ? user.id : null };
  });
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
  const sessionId = await switchSession(ctx.sessionId, found.organizationId);
  return { sessionId, organization: { id: found.organizationId, name: found.name } };
}
