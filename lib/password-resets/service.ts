import "server-only";

import { createHash, randomBytes } from "node:crypto";

import { replacePassword } from "@/lib/account/data";
import { findBelongings, findCtx } from "@/lib/auth/data";
import { hashPassword } from "@/lib/auth/password";
import { assertPasswordAllowed } from "@/lib/auth/password-policy";
import { recordAudit } from "@/lib/db/audit";
import { enter, lockBooks, transact } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { RESETS_PER_NETWORK_MAX } from "@/lib/domain/password-reset";
import { findOpenReset, insertRequest, useReset } from "@/lib/password-resets/data";
import type { ResetInput, ResetPreview, ResetRequest } from "@/lib/password-resets/schema";
import { type Caller, countReset } from "@/lib/sign-in/throttle";

/** 256 random bits; only their SHA-256 is kept. */
export function newResetToken(): { readonly token: string; readonly tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashOf(token) };
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Where another password is chosen. */
export const resetLink = (token: string): string => `${process.env.NEXTAUTH_URL ?? ""}/new-password/${token}`;

/**
 * Notes that somebody forgot a password. Whether there is such an account is looked at by the worker that mails, so a
 * known address and an unknown one cost and answer the same.
 *
 * @throws DomainError `too_many_attempts`, for a network that says it of many
 */
export async function requestReset({ email }: ResetRequest, { headers, now }: Caller): Promise<void> {
  await countReset(email, { headers, now }, RESETS_PER_NETWORK_MAX);
  await insertRequest(email, now);
}

/** Whose password a link changes; null when it changes none, whatever the reason. */
export async function previewReset(token: string, now: Date): Promise<ResetPreview | null> {
  const open = await findOpenReset(hashOf(token), now);
  return open && { email: open.email };
}

/**
 * Uses a link: another password, and everybody who was signed in with the old one is out. Of two that use it at once,
 * one does.
 *
 * @throws DomainError `reset_invalid`, `invalid_input`
 */
export async function resetPassword(
  { token, password }: ResetInput,
  { now, requestId }: { readonly now: Date; readonly requestId: string },
): Promise<void> {
  const tokenHash = hashOf(token);
  const open = await findOpenReset(tokenHash, now);
  if (!open) throw invalid();
  assertPasswordAllowed(password, open.email);
  const passwordHash = await hashPassword(password);
  const [home] = await findBelongings(open.userId, now);
  const found = home && (await findCtx({ userId: open.userId, organizationId: home.organizationId }, now));

  await transact({}, async (db) => {
    if (!(await useReset(db, tokenHash, now))) throw invalid();
    await replacePassword(db, open.userId, passwordHash);
    // Whoever belongs nowhere any more leaves no trace, since every trail is an organization's.
    if (!found) return;
    await enter(db, { organizationId: found.organization.id });
    await lockBooks(db, found.organization.id);
    const ctx = { ...found, requestId };
    await recordAudit(db, ctx, {
      ...{ action: "user.forgot_password", targetType: "user", targetId: open.userId },
    });
  });
}

const invalid = (): DomainError =>
  new DomainError("reset_invalid", "This link is no longer valid. Ask for a new one.");
