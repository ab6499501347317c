import "server-only";

import { createHash } from "node:crypto";

import { createSession, deleteSession, findBelongings } from "@/lib/auth/data";
import { hashPassword, isWeakHash, verifyPassword } from "@/lib/auth/password";
import type { Db } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import {
  deleteAttempt,
  findCredentials,
  findFailures,
  findLastOrganization,
  insertAttempt,
  saveHash,
  saveSuccess,
  switchSession,
  WINDOW_MS,
} from "@/lib/sign-in/data";
import { type SignedIn, signInInput } from "@/lib/sign-in/schema";

const ACCOUNT_FAILURES_MAX = 10;
const ADDRESS_FAILURES_MAX = 50;

type Caller = { readonly headers: Headers; readonly now: Date };

/**
 * Opens a session for an e-mail address and its password. A wrong password and an unknown account look and cost the
 * same; failures are throttled per account and per address, in the database, so for all instances together.
 *
 * @throws DomainError `unauthenticated`, `too_many_attempts`, `invalid_input`
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

type Tried = {
  /** Whose password it is; null when it is not the account's, or there is no such account. */
  readonly userId: string | null;
  /** Takes the account's failures back, with what the right password was for. */
  readonly succeed: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
};

/**
 * Whether a password is the account's. Wherever one is asked for, failures count together.
 *
 * @throws DomainError `too_many_attempts`
 */
export async function tryPassword(
  { email, password }: { readonly email: string; readonly password: string },
  { headers, now }: Caller,
): Promise<Tried> {
  const attempt = { accountKey: keyOf("account", email), addressKey: keyOf("address", addressOf(headers)) };
  const attemptId = await insertAttempt(attempt, now);
  await assertNotThrottled(attempt, attemptId, now);

  const user = await findCredentials(email);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user?.passwordHash && matches && isWeakHash(user.passwordHash)) {
    await saveHash(user.id, await hashPassword(password));
  }
  return {
    userId: user && matches ? user.id : null,
    succeed: (work) => saveSuccess(attempt, attemptId, work),
  };
}

async function assertNotThrottled(
  attempt: { accountKey: string; addressKey: string },
  id: string,
  now: Date,
): Promise<void> {
  const { account, address } = await findFailures(attempt, now);
  const freeAt = Math.max(freeTime(account, ACCOUNT_FAILURES_MAX), freeTime(address, ADDRESS_FAILURES_MAX));
  if (freeAt === 0) return;
  // An attempt that was not checked does not count, else somebody else's guessing would keep the owner out for ever.
  await deleteAttempt(id);
  throw new DomainError("too_many_attempts", "Too many attempts. Wait a little, then try again.", {
    retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1_000)),
  });
}

/** When the oldest of too many failures leaves the window; 0 when there are not too many. */
function freeTime(failures: readonly Date[], max: number): number {
  const blocking = failures.at(-(max + 1));
  return blocking ? blocking.getTime() + WINDOW_MS : 0;
}

/** A hash, because people type their password into the wrong field. */
const keyOf = (kind: string, text: string): string =>
  createHash("sha256").update(`${kind}\n${text}`).digest("hex");

/** The network that asks: an IPv4 address, or the first half of an IPv6 one, which is what a household gets. */
function addressOf(headers: Headers): string {
  const address = (headers.get("x-forwarded-for") ?? "").split(",").at(-1)?.trim() ?? "";
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
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
