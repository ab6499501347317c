import "server-only";

import { randomBytes } from "node:crypto";

import { replacePassword } from "@/lib/account/data";
import type { Ctx } from "@/lib/auth/ctx";
import { findBelongings, findCtx } from "@/lib/auth/data";
import { hashPassword } from "@/lib/auth/password";
import { recordAudit } from "@/lib/db/audit";
import { write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import type { Role } from "@/lib/domain/permission";
import { insertInvitation } from "@/lib/invitations/data";
import { invite } from "@/lib/invitations/service";
import { joinLink, newToken } from "@/lib/invitations/token";
import { deleteFactor, endOtherSessions } from "@/lib/second-factor/data";
import { findAccounts } from "@/lib/users/data";

/**
 * What whoever runs the server may do without signing in, from its command line: they hold the database anyway. Each
 * leaves a trace in the organization's trail.
 */

const SIGN_IN_LINK_MINUTES = 30;

/** Gives an account a new password, ends its sessions, and returns the password, which is shown once. */
export async function resetPassword(email: string, now: Date): Promise<string> {
  const user = await accountOf(email);
  const password = randomBytes(15).toString("base64url");
  const passwordHash = await hashPassword(password);
  const ctx = await ctxOf(user.id, now);
  await write(ctx, async (db) => {
    await replacePassword(db, user.id, passwordHash);
    await recordAudit(db, ctx, { action: "user.reset_password", targetType: "user", targetId: user.id });
    return null;
  });
  return password;
}

/** A one-time link that lets a new colleague in. */
export async function inviteByCommand(
  input: { readonly email: string; readonly name: string; readonly roles: Role[] },
  now: Date,
): Promise<string> {
  const ctx = await ownerCtx(now);
  const fields = { ...input, teamIds: [], memberId: null, roleEndsOn: null };
  return required((await invite(ctx, fields, { byHand: true })).link);
}

/** A one-time link that signs somebody in without their password. */
export async function signInLink(email: string, now: Date): Promise<string> {
  const user = await accountOf(email);
  const ctx = await ctxOf(user.id, now);
  const { token, tokenHash } = newToken(ctx.organization.id);
  const expiresAt = new Date(now.getTime() + SIGN_IN_LINK_MINUTES * 60_000);
  await write(ctx, async (db) => {
    const { id } = await insertInvitation(
      db,
      ctx,
      {
        email: user.email,
        name: user.name,
        roles: [...ctx.actor.roles],
        teamIds: [],
        memberId: null,
        roleEndsOn: null,
        signsInUserId: user.id,
      },
      { tokenHash, expiresAt, byMail: false },
    );
    await recordAudit(db, ctx, { action: "user.sign_in_link", targetType: "invitation", targetId: id });
    return null;
  });
  return joinLink(token);
}

/** Takes the second factor of somebody who lost their phone and their recovery codes, and ends their sessions. */
export async function removeSecondFactorByCommand(email: string, now: Date): Promise<void> {
  const user = await accountOf(email);
  const ctx = await ctxOf(user.id, now);
  await write(ctx, async (db) => {
    if (!(await deleteFactor(db, user.id)))
      throw new DomainError("not_found", `${user.email} has no second factor.`);
    await endOtherSessions(db, user.id, null);
    await recordAudit(db, ctx, {
      action: "user.second_factor_lost",
      targetType: "user",
      targetId: user.id,
    });
    return null;
  });
}

async function accountOf(email: string) {
  const user = (await findAccounts()).find((one) => one.email === email.trim().toLowerCase());
  if (!user) throw new DomainError("not_found", `Nobody has an account with the address ${email}.`);
  return user;
}

async function ctxOf(userId: string, now: Date): Promise<Ctx> {
  const belongings = (await findBelongings(userId, now)).toSorted((a, b) => Number(a.demo) - Number(b.demo));
  const [first] = belongings;
  const ctx = first && (await findCtx({ userId, organizationId: first.organizationId }, now));
  if (!ctx) throw new DomainError("not_found", "This account belongs to no organization.");
  return ctx;
}

/** In the name of the first owner. */
async function ownerCtx(now: Date): Promise<Ctx> {
  for (const { id } of await findAccounts()) {
    const ctx = await ctxOf(id, now).catch(() => null);
    if (ctx?.actor.roles.includes("owner")) return ctx;
  }
  throw new DomainError("not_found", "Nobody has set up Twoline here yet.");
}
