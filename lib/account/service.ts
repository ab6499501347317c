import "server-only";

import { findAccount, replacePassword, saveName } from "@/lib/account/data";
import type { Account, AccountChange, PasswordChange, ProofInput } from "@/lib/account/schema";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { renewSession } from "@/lib/auth/data";
import { hashPassword } from "@/lib/auth/password";
import { assertPasswordAllowed } from "@/lib/auth/password-policy";
import { recordAudit } from "@/lib/db/audit";
import { enter, lockBooks, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { tryPassword } from "@/lib/sign-in/service";

type SessionCtx = Ctx & { readonly sessionId: string };

export async function readAccount(ctx: Ctx): Promise<Account> {
  authorize(ctx, "session:own");
  return await findAccount(ctx.actor.userId);
}

/**
 * Proves once more who the actor is. The session has another id from then on, and ends when it would have ended.
 *
 * @throws DomainError `invalid_input`, `too_many_attempts`
 */
export async function proveAgain(
  ctx: SessionCtx,
  { password }: ProofInput,
  headers: Headers,
): Promise<{ readonly sessionId: string }> {
  authorize(ctx, "session:own");
  const { succeed } = await tryOwnPassword(ctx, password, { field: "password", headers });
  return await succeed(async (db) => ({
    sessionId: await renewSession(db, ctx.sessionId, { provenAt: ctx.now }),
  }));
}

/** Another name, in every organization that the actor belongs to. */
export async function changeAccount(ctx: Ctx, { name }: AccountChange): Promise<Account> {
  authorize(ctx, "session:own");
  const { userId } = ctx.actor;
  const before = await findAccount(userId);
  await write(ctx, async (db) => {
    await saveName(db, userId, name);
    await recordAudit(db, ctx, {
      ...{ action: "user.rename", targetType: "user", targetId: userId },
      ...{ before: { name: before.name }, after: { name } },
    });
    return null;
  });
  return { ...before, name };
}

/**
 * Another password for the actor, who shows the present one. Every other session of theirs ends, and this one has
 * another id.
 *
 * @throws DomainError `invalid_input`, `too_many_attempts`
 */
export async function changePassword(
  ctx: SessionCtx,
  { current, password }: PasswordChange,
  headers: Headers,
): Promise<{ readonly sessionId: string }> {
  authorize(ctx, "session:own");
  const { userId } = ctx.actor;
  const { email } = await findAccount(userId);
  const { succeed } = await tryOwnPassword(ctx, current, { field: "current", headers });
  assertPasswordAllowed(password, email);
  const passwordHash = await hashPassword(password);
  return await succeed(async (db) => {
    await enter(db, { organizationId: ctx.organization.id });
    await lockBooks(db, ctx.organization.id);
    const sessionId = await renewSession(db, ctx.sessionId, { provenAt: ctx.now });
    await replacePassword(db, userId, passwordHash, { except: sessionId });
    await recordAudit(db, ctx, { action: "user.change_password", targetType: "user", targetId: userId });
    return { sessionId };
  });
}

/** @param asked where the password stands in the input, for the refusal */
async function tryOwnPassword(
  ctx: Ctx,
  password: string,
  { field, headers }: { readonly field: string; readonly headers: Headers },
) {
  const { email } = await findAccount(ctx.actor.userId);
  const tried = await tryPassword({ email, password }, { headers, now: ctx.now });
  if (tried.userId === ctx.actor.userId) return tried;
  const message = "This is not your password.";
  throw new DomainError("invalid_input", message, { fields: { [field]: message } });
}
