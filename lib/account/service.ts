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
import { proveSecondFactor } from "@/lib/second-factor/proof";
import { tryPassword } from "@/lib/sign-in/service";
import { findProvingConnection } from "@/lib/single-sign-on/proof";

type SessionCtx = Ctx & { readonly sessionId: string };

export async function readAccount(ctx: Ctx): Promise<Account> {
  authorize(ctx, "session:own");
  return await accountOf(ctx);
}

async function accountOf(ctx: Ctx): Promise<Account> {
  const connection = await findProvingConnection(ctx);
  const provider = connection && { id: connection.id, name: connection.name };
  return { ...(await findAccount(ctx.actor.userId)), provider };
}

/**
 * Proves once more who the actor is, by all that they sign in with here: their password, and a code where they have a
 * second factor. The session has another id from then on, and ends when it would have ended.
 *
 * @throws DomainError `invalid_input`, `too_many_attempts`
 */
export async function proveAgain(
  ctx: SessionCtx,
  { password, code }: ProofInput,
  headers: Headers,
): Promise<{ readonly sessionId: string }> {
  authorize(ctx, "session:own");
  const { hasPassword, hasSecondFactor } = await findAccount(ctx.actor.userId);
  if (hasSecondFactor && !code) throw wanting("code", "Type the code of your second factor too.");
  // Somebody whom a link of whoever runs the server let in may have a second factor and no password.
  if (!hasPassword && hasSecondFactor) return await proveSecondFactor(ctx, { code: code ?? "" }, headers);
  const { succeed } = await tryOwnPassword(ctx, password ?? "", { field: "password", headers });
  if (!hasSecondFactor)
    return await succeed(async (db) => ({
      sessionId: await renewSession(db, ctx.sessionId, { provenAt: ctx.now }),
    }));
  // The password was right, whatever the code is.
  await succeed(async () => null);
  return await proveSecondFactor(ctx, { code: code ?? "" }, headers);
}

const wanting = (field: string, message: string): DomainError =>
  new DomainError("invalid_input", message, { fields: { [field]: message } });

/** Another name, in every organization that the actor belongs to. */
export async function changeAccount(ctx: Ctx, { name }: AccountChange): Promise<Account> {
  authorize(ctx, "session:own");
  const { userId } = ctx.actor;
  const before = await accountOf(ctx);
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
  throw wanting(field, "This is not your password.");
}
