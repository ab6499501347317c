import "server-only";

import { findAccount } from "@/lib/account/data";
import type { Ctx, OrganizationId } from "@/lib/auth/ctx";
import { createSession } from "@/lib/auth/data";
import { hashPassword } from "@/lib/auth/password";
import { assertPasswordAllowed } from "@/lib/auth/password-policy";
import { recordAudit } from "@/lib/db/audit";
import { type Db, enter, lockBooks, transact } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { domainOf } from "@/lib/domain/sign-in-provider";
import { findOpenInvitation, type OpenInvitation, useInvitation } from "@/lib/invitations/data";
import type { AcceptanceInput, InvitationPreview } from "@/lib/invitations/schema";
import { readToken } from "@/lib/invitations/token";
import { insertUser } from "@/lib/setup/data";
import { findCredentials } from "@/lib/sign-in/data";
import { tryPassword } from "@/lib/sign-in/service";
import { findServedDomain } from "@/lib/single-sign-on/data";
import { isSuspended, replaceLedTeams, replaceRoles, tieMember } from "@/lib/users/data";
import { assertOwnerStays } from "@/lib/users/service";

/** What a link is for; null when it cannot be used, whatever the reason. */
export async function previewInvitation(token: string, now: Date): Promise<InvitationPreview | null> {
  const opened = await openInvitation(token, now);
  if (!opened) return null;
  const { invitation } = opened;
  const { organization, email, name } = invitation;
  const asks = await asked(invitation);
  const served = asks === "nothing" ? null : await findServedDomain(domainOf(email));
  const provider =
    served?.organizationId === organization.id ? { id: served.connectionId, name: served.name } : null;
  return { organization: organization.name, email, name, asks, provider };
}

async function asked({ signsInUserId, email }: OpenInvitation): Promise<InvitationPreview["asks"]> {
  if (signsInUserId) return "nothing";
  const known = await findCredentials(email);
  if (!known) return "new_password";
  return known.passwordHash === null ? "provider" : "own_password";
}

async function openInvitation(token: string, now: Date) {
  const place = readToken(token);
  if (!place) return null;
  const invitation = await transact({ organizationId: place.organizationId }, (db) =>
    findOpenInvitation(db, { ...place, now }),
  );
  return invitation && { invitation, place };
}

type Caller = { readonly headers: Headers; readonly now: Date; readonly requestId: string };

type Accepted = {
  readonly sessionId: string;
  readonly email: string;
  /** Whether the session opens nothing before a code was typed. */
  readonly secondFactor: boolean;
};

/**
 * Uses a one-time link: makes the account or proves the existing one, gives the roles, and signs in. Of two that use
 * it at once, one gets in.
 *
 * @throws DomainError `invitation_invalid`, `unauthenticated`, `invalid_input`, `too_many_attempts`
 */
export async function acceptInvitation(input: AcceptanceInput, caller: Caller): Promise<Accepted> {
  const { now } = caller;
  const opened = await openInvitation(input.token, now);
  if (!opened) throw invalid();
  const { invitation, place } = opened;
  const { organizationId } = place;
  const { userId, within } = await provenUser(invitation, input, caller);
  const passwordHash = userId === null ? await newPassword(invitation, input) : null;

  const { hasSecondFactor: secondFactor } = userId ? await findAccount(userId) : { hasSecondFactor: false };

  return await within(async (db) => {
    await enter(db, { organizationId });
    await lockBooks(db, organizationId);
    if (!(await useInvitation(db, { ...place, now }))) throw invalid();
    const name = input.name || invitation.name;
    const id =
      userId ??
      (await insertUser(db, { name, email: invitation.email, passwordHash: required(passwordHash), now }));
    // Whoever is kept out is let in by a person, not by a link.
    if (await isSuspended(db, { id: organizationId }, id)) throw invalid();
    if (!invitation.signsInUserId) await join(db, invitation, id, caller);
    const userAgent = caller.headers.get("user-agent") ?? "";
    const sessionId = await createSession(db, { userId: id, organizationId, userAgent, now });
    return { sessionId, email: invitation.email, secondFactor };
  });
}

async function join(db: Db, invitation: OpenInvitation, userId: string, { now, requestId }: Caller) {
  const { organization, roles, roleEndsOn, teamIds } = invitation;
  const ctx: Ctx = {
    // The link proves the belonging that it gives.
    organization: { ...organization, id: organization.id as OrganizationId },
    actor: { userId, roles, memberId: null, ledTeamIds: [] },
    via: { kind: "server" },
    now,
    requestId,
  };
  await replaceRoles(db, ctx, { userId, roles, endsOn: roleEndsOn });
  await assertOwnerStays(db, ctx);
  const memberId = await tieMember(db, ctx, invitation, userId);
  if (roles.includes("lead")) await replaceLedTeams(db, ctx, memberId, teamIds);
  await recordAudit(db, ctx, {
    action: "invitation.accept",
    targetType: "user",
    targetId: userId,
    after: { roles, memberId, invitationId: invitation.id },
  });
}

type Proven = {
  /** Null when there is no account yet. */
  readonly userId: string | null;
  readonly within: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
};

/** The account that the link is for: named by it, or proven by its password. */
async function provenUser(
  { signsInUserId, email }: OpenInvitation,
  { password }: AcceptanceInput,
  caller: Caller,
): Promise<Proven> {
  const within: Proven["within"] = (work) => transact({}, work);
  if (signsInUserId) return { userId: signsInUserId, within };
  if (!(await findCredentials(email))) return { userId: null, within };
  const { userId, succeed } = await tryPassword({ email, password }, caller);
  if (userId) return { userId, within: succeed };
  const message = "This is not the password of your account.";
  throw new DomainError("unauthenticated", message, { fields: { password: message } });
}

async function newPassword({ email }: OpenInvitation, { password }: AcceptanceInput): Promise<string> {
  assertPasswordAllowed(password, email);
  return await hashPassword(password);
}

const invalid = (): DomainError =>
  new DomainError("invitation_invalid", "This link is no longer valid. Ask for a new one.");
