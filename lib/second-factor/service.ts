import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { findUser, renewSession } from "@/lib/auth/data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { writtenCode } from "@/lib/domain/second-factor";
import { hashOfCode, newRecoveryCodes, newSecret, setupOf } from "@/lib/second-factor/code";
import {
  confirmFactor,
  deleteFactor,
  endOtherSessions,
  findFactor,
  getPolicy,
  replaceRecoveryCodes,
  replaceWaitingSecret,
} from "@/lib/second-factor/data";
import { placeOf, takePhoneCode, wrongCode } from "@/lib/second-factor/proof";
import type { CodeInput, RecoveryCodes, SecondFactor, SecondFactorSetup } from "@/lib/second-factor/schema";
import { sealSecret } from "@/lib/secrets/seal";

type SessionCtx = Ctx & { readonly sessionId: string };

/** The actor's own. */
export async function readSecondFactor(ctx: Ctx): Promise<SecondFactor> {
  authorize(ctx, "session:own");
  return await read(ctx, async (db) => {
    const factor = await findFactor(db, ctx.actor.userId);
    return {
      enabled: factor?.confirmedAt != null,
      required: await isRequired(db, ctx),
      vouched: isVouched(ctx),
      recoveryCodesLeft: factor?.recoveryCodesLeft ?? 0,
    };
  });
}

const isVouched = ({ via }: Ctx): boolean => via.kind === "session" && via.connectionId !== null;

async function isRequired(db: Db, ctx: Ctx): Promise<boolean> {
  const { secondFactorRoles } = await getPolicy(db, ctx);
  return ctx.actor.roles.some((role) => secondFactorRoles.includes(role));
}

/**
 * An organization's provider says who somebody is for that organization alone; what guards their password everywhere is
 * for whoever has that.
 *
 * @throws DomainError `forbidden`, `fresh_sign_in_required`
 */
function authorizeChange(ctx: Ctx): void {
  if (isVouched(ctx))
    throw new DomainError(
      "forbidden",
      "Your provider asks for its own. Sign in with your password for this.",
    );
  authorizeFresh(ctx);
}

/**
 * A new secret for the actor's phone. It counts once a code of it was typed.
 *
 * @throws DomainError `second_factor_exists`
 */
export async function beginSetup(ctx: Ctx): Promise<SecondFactorSetup> {
  authorize(ctx, "session:own");
  authorizeChange(ctx);
  const { userId } = ctx.actor;
  const { email } = await findUser(userId);
  const secret = newSecret();
  await write(ctx, async (db) => {
    await waitingSecret(db, userId);
    await replaceWaitingSecret(db, userId, sealSecret(placeOf(userId), secret), ctx.now);
    return null;
  });
  return setupOf(secret, email);
}

/** The sealed secret that waits for its first code; null when there is none. */
async function waitingSecret(db: Db, userId: string): Promise<string | null> {
  const factor = await findFactor(db, userId);
  if (!factor?.confirmedAt) return factor?.secretSealed ?? null;
  throw new DomainError("second_factor_exists", "You have a second factor. Remove it first.");
}

/**
 * Makes the waiting secret count, and tells the recovery codes, once. Other sessions of the actor end; this one has
 * proved it, and has another id.
 *
 * @throws DomainError `invalid_input`, `second_factor_exists`
 */
export async function confirmSetup(
  ctx: SessionCtx,
  { code }: CodeInput,
): Promise<RecoveryCodes & { readonly sessionId: string }> {
  authorize(ctx, "session:own");
  authorizeChange(ctx);
  const { userId } = ctx.actor;
  const codes = newRecoveryCodes();
  const sessionId = await write(ctx, async (db) => {
    const secretSealed = await waitingSecret(db, userId);
    if (secretSealed === null || !(await takePhoneCode(db, ctx, secretSealed, code))) throw wrongCode();
    await confirmFactor(db, userId, ctx.now);
    await replaceRecoveryCodes(db, userId, codes.map(hashOfCode));
    await endOtherSessions(db, userId, ctx.sessionId);
    await trace(db, ctx, "user.second_factor_on");
    return await renewSession(db, ctx.sessionId, { secondFactorAt: ctx.now });
  });
  return { sessionId, recoveryCodes: codes.map(writtenCode) };
}

async function trace(db: Db, ctx: Ctx, action: string): Promise<void> {
  await recordAudit(db, ctx, { action, targetType: "user", targetId: ctx.actor.userId });
}

/**
 * New recovery codes; the old ones are worth nothing from then on.
 *
 * @throws DomainError `not_found`
 */
export async function renewRecoveryCodes(ctx: Ctx): Promise<RecoveryCodes> {
  authorize(ctx, "session:own");
  authorizeChange(ctx);
  const codes = newRecoveryCodes();
  await write(ctx, async (db) => {
    const factor = await findFactor(db, ctx.actor.userId);
    if (!factor?.confirmedAt) throw none();
    await replaceRecoveryCodes(db, ctx.actor.userId, codes.map(hashOfCode));
    await trace(db, ctx, "user.recovery_codes");
    return null;
  });
  return { recoveryCodes: codes.map(writtenCode) };
}

const none = () => new DomainError("not_found", "You have no second factor.");

/**
 * Removes the actor's second factor, unless one of their roles asks for it.
 *
 * @throws DomainError `forbidden`, `not_found`
 */
export async function removeSecondFactor(ctx: Ctx): Promise<void> {
  authorize(ctx, "session:own");
  authorizeChange(ctx);
  await write(ctx, async (db) => {
    if (await isRequired(db, ctx))
      throw new DomainError("forbidden", "Your role asks for a second factor, so it stays.");
    if (!(await deleteFactor(db, ctx.actor.userId))) throw none();
    await trace(db, ctx, "user.second_factor_off");
    return null;
  });
}
