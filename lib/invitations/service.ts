import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { findInvitations, insertInvitation, replaceLink, revokeInvitation } from "@/lib/invitations/data";
import type { Invitation, InvitationInput, NewInvitation } from "@/lib/invitations/schema";
import { joinLink, newToken } from "@/lib/invitations/token";
import { assertNotMerged } from "@/lib/members/data";
import { sendsMail } from "@/lib/messages/mail";
import { openSecret, sealSecret } from "@/lib/secrets/seal";
import { assertTeams } from "@/lib/users/service";

const INVITATION_DAYS = 7;

export async function listInvitations(ctx: Ctx): Promise<Page<Invitation>> {
  authorize(ctx, "user:write");
  return { data: await read(ctx, (db) => findInvitations(db, ctx)), nextCursor: null };
}

/**
 * A one-time link for a colleague. Where mail goes out it is sent to their address and nobody else ever sees it; else it
 * is shown now and never again.
 */
export async function invite(
  ctx: Ctx,
  input: InvitationInput,
  { byHand = false }: { readonly byHand?: boolean } = {},
): Promise<NewInvitation> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  const { link, ...opens } = newLink(ctx, byHand);
  const { sealed, ...invitation } = await write(ctx, async (db) => {
    await assertTeams(db, ctx, input.teamIds);
    await assertNotMerged(db, ctx, [input.memberId]);
    const inserted = await insertInvitation(db, ctx, input, opens);
    await recordAudit(db, ctx, {
      action: "invitation.create",
      targetType: "invitation",
      targetId: inserted.id,
      after: { roles: input.roles, teamIds: input.teamIds },
    });
    // What a repeated request is answered with is kept, and must not open the books to whoever has the database.
    return { ...inserted, sealed: link === null ? null : sealSecret(placeOf(ctx, inserted.id), link) };
  });
  return { ...invitation, link: sealed === null ? null : openSecret(placeOf(ctx, invitation.id), sealed) };
}

const placeOf = ({ organization }: Ctx, id: string) => ({
  organizationId: organization.id,
  table: "idempotency_record",
  id,
});

/** Another link for an invitation that was lost or is too old; the one before opens nothing any more. */
export async function inviteAnew(ctx: Ctx, { id }: { id: string }): Promise<NewInvitation> {
  authorize(ctx, "user:write");
  authorizeFresh(ctx);
  const { link, ...opens } = newLink(ctx);
  const invitation = await write(ctx, async (db) => {
    const renewed = await replaceLink(db, ctx, id, opens);
    await recordAudit(db, ctx, { action: "invitation.renew", targetType: "invitation", targetId: id });
    return renewed;
  });
  return { ...invitation, link };
}

function newLink({ organization, now }: Ctx, byHand = false) {
  const { token, tokenHash } = newToken(organization.id);
  const expiresAt = new Date(now.getTime() + INVITATION_DAYS * 86_400_000);
  // Made-up books bother nobody's mailbox.
  const byMail = sendsMail() && !organization.demo && !byHand;
  return { tokenHash, expiresAt, byMail, link: byMail ? null : joinLink(token) };
}

export async function revoke(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "user:write");
  await write(ctx, async (db) => {
    await revokeInvitation(db, ctx, id);
    await recordAudit(db, ctx, { action: "invitation.revoke", targetType: "invitation", targetId: id });
    return null;
  });
}
