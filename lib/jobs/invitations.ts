import "server-only";

import { secondsUntilRetry } from "@/lib/domain/delivery";
import { invitationMail } from "@/lib/domain/invitation-words";
import { claimInvitation, markInvitationFailed, markInvitationSent } from "@/lib/invitations/claim-data";
import { joinLink, newToken } from "@/lib/invitations/token";
import { sendMail, sendsMail } from "@/lib/messages/mail";

/**
 * Mails the invitation that is due longest, of whatever organization. Each attempt carries a link of its own, and the
 * last one is the one that works.
 *
 * @param report told of failures, which are tried again a few times
 * @returns whether there was one
 */
export async function sendNextInvitation(
  report: (error: unknown) => void,
  now = new Date(),
): Promise<boolean> {
  if (!sendsMail()) return false;
  const claim = await claimInvitation(now, newToken);
  if (claim === null) return false;
  const { name, email: address, organization, inviter, token } = claim;
  try {
    const words = invitationMail({
      ...{ organization, inviter, link: joinLink(token) },
      expiresAt: claim.expiresAt.toISOString(),
    });
    await sendMail({ id: `${claim.id}.${claim.attempts}`, to: { name, address }, ...words });
  } catch (error) {
    report(error);
    const wait = secondsUntilRetry(claim.attempts);
    const dueAt = wait === null ? null : new Date(now.getTime() + wait * 1_000);
    await markInvitationFailed(
      claim,
      error instanceof Error ? error.message.slice(0, 300) : "It failed.",
      dueAt,
    );
    return true;
  }
  await markInvitationSent(claim, now);
  return true;
}
