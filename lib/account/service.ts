import "server-only";

import { findAccount } from "@/lib/account/data";
import type { Account, ProofInput } from "@/lib/account/schema";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { renewSession } from "@/lib/auth/data";
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
