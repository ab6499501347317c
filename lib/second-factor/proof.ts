import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { findUser, renewSession } from "@/lib/auth/data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, enter, lockBooks } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { isRecoveryCode, plainCode } from "@/lib/domain/second-factor";
import { hashOfCode, stepOf } from "@/lib/second-factor/code";
import { findFactor, takeRecoveryCode, takeStep } from "@/lib/second-factor/data";
import type { CodeInput } from "@/lib/second-factor/schema";
import { openSecret } from "@/lib/secrets/seal";
import { beginTry } from "@/lib/sign-in/throttle";

type SessionCtx = Ctx & { readonly sessionId: string };

/** Where a user's secret lies, and nothing else can be opened as it. */
export const placeOf = (userId: string) => ({ organizationId: null, table: "second_factor", id: userId });

/**
 * Proves the actor's second factor for this session, by a code of their phone or a recovery code. Each is taken once,
 * and the session has another id from then on.
 *
 * @throws DomainError `invalid_input`, `too_many_attempts`
 */
export async function proveSecondFactor(
  ctx: SessionCtx,
  { code }: CodeInput,
  headers: Headers,
): Promise<{ readonly sessionId: string; readonly email: string }> {
  authorize(ctx, "session:own");
  const { email } = await findUser(ctx.actor.userId);
  const { succeed } = await beginTry(email, { headers, now: ctx.now }, "code");
  const sessionId = await succeed(async (db) => {
    await enter(db, { organizationId: ctx.organization.id });
    await lockBooks(db, ctx.organization.id);
    if (!(await takeCode(db, ctx, code))) throw wrongCode();
    return await renewSession(db, ctx.sessionId, { secondFactorAt: ctx.now, provenAt: ctx.now });
  });
  return { sessionId, email };
}

/** Takes a code of the second factor that counts, for good; whether it was one. */
async function takeCode(db: Db, ctx: Ctx, typed: string): Promise<boolean> {
  const { userId } = ctx.actor;
  const factor = await findFactor(db, userId);
  if (!factor?.confirmedAt) return false;
  const code = plainCode(typed);
  if (!isRecoveryCode(code)) return await takePhoneCode(db, ctx, factor.secretSealed, code);
  if (!(await takeRecoveryCode(db, userId, hashOfCode(code), ctx.now))) return false;
  await recordAudit(db, ctx, { action: "user.recovery_code", targetType: "user", targetId: userId });
  return true;
}

/** Takes what the phone with this secret shows now; neither it nor one before it is taken again. */
export async function takePhoneCode(db: Db, ctx: Ctx, secretSealed: string, code: string): Promise<boolean> {
  const { userId } = ctx.actor;
  const step = stepOf(openSecret(placeOf(userId), secretSealed), plainCode(code), ctx.now);
  return step !== null && (await takeStep(db, userId, step));
}

export function wrongCode(): DomainError {
  const message = "This code is wrong, or was used before. Wait for the next one.";
  return new DomainError("invalid_input", message, { fields: { code: message } });
}
