import "server-only";

import { enter, transact } from "@/lib/db/client";

/** A worker that took an invitation and says nothing for so long is gone. */
const LEASE_MS = 120_000;

export type InvitationClaim = {
  readonly id: string;
  readonly organizationId: string;
  readonly organization: string;
  readonly inviter: string | null;
  readonly name: string;
  readonly email: string;
  readonly expiresAt: Date;
  /** Counts the claims: whoever claimed it later has a higher one, and the invitation. */
  readonly attempts: number;
};

/**
 * The invitation whose mail is due longest, of whatever organization, taken by the caller; null when none is. The link is
 * made as it is sent, so that nothing that opens it is ever kept.
 *
 * @param linkOf makes the link of an organization
 */
export function claimInvitation<Link extends { readonly tokenHash: string }>(
  now: Date,
  linkOf: (organizationId: string) => Link,
): Promise<(InvitationClaim & Link) | null> {
  return transact({}, async (db) => {
    await db.$executeRawUnsafe("SET LOCAL app.worker = 'on'");
    const due = await db.$queryRaw<{ id: string; organizationId: string }[]>`
      SELECT id, organization_id AS "organizationId" FROM invitation
      WHERE mail_due_at <= ${now} AND expires_at > ${now} ORDER BY mail_due_at LIMIT 10`;
    for (const { id, organizationId } of due) {
      await enter(db, { organizationId });
      const link = linkOf(organizationId);
      // Another worker may have had it, or somebody taken it back, since it was listed.
      const [claimed] = await db.$queryRaw<Omit<InvitationClaim, "id" | "organizationId">[]>`
        UPDATE invitation i
        SET mail_due_at = ${new Date(now.getTime() + LEASE_MS)}, mail_attempts = i.mail_attempts + 1,
            token_hash = ${link.tokenHash}
        FROM organization o
        WHERE o.id = i.organization_id AND NOT o.demo AND i.organization_id = ${organizationId}::uuid AND i.id = (
          SELECT id FROM invitation WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
            AND mail_due_at <= ${now} AND accepted_at IS NULL AND revoked_at IS NULL
          FOR UPDATE SKIP LOCKED)
        RETURNING i.name, i.email, i.expires_at AS "expiresAt", i.mail_attempts AS attempts, o.name AS organization,
          (SELECT u.name FROM app_user u WHERE u.id = i.created_by_id) AS inviter`;
      if (claimed) return { id, organizationId, ...claimed, ...link };
    }
    return null;
  });
}

/** The row of a claim, as long as no other worker has claimed it since and it has no other link. */
const held = ({
  id,
  organizationId,
  attempts,
  tokenHash,
}: InvitationClaim & { readonly tokenHash: string }) => ({
  ...{ organizationId, id, tokenHash },
  mailAttempts: attempts,
});

type Held = InvitationClaim & { readonly tokenHash: string };

/** It is out, and due no more. */
export async function markInvitationSent(claim: Held, now: Date): Promise<void> {
  await transact({ organizationId: claim.organizationId }, (db) =>
    db.invitation.updateMany({
      where: held(claim),
      data: { mailedAt: now, mailDueAt: null, mailError: null },
    }),
  );
}

/** @param mailDueAt when it is tried again; null: never */
export async function markInvitationFailed(
  claim: Held,
  mailError: string,
  mailDueAt: Date | null,
): Promise<void> {
  await transact({ organizationId: claim.organizationId }, (db) =>
    db.invitation.updateMany({ where: held(claim), data: { mailError, mailDueAt } }),
  );
}
