import "server-only";

import { secondsUntilRetry } from "@/lib/domain/delivery";
import { resetMail } from "@/lib/domain/password-reset";
import { sendMail, sendsMail } from "@/lib/messages/mail";
import { claimRequest, settleRequest } from "@/lib/password-resets/data";
import { newResetToken, resetLink } from "@/lib/password-resets/service";

/**
 * Mails whoever forgot their password, if they have an account. Each attempt carries a link of its own, and the last one is
 * the one that works.
 *
 * @param report told of failures, which are tried again a few times
 * @returns whether there was one
 */
export async function sendNextReset(report: (error: unknown) => void, now = new Date()): Promise<boolean> {
  if (!sendsMail()) return false;
  const { token, tokenHash } = newResetToken();
  const claim = await claimRequest(now, tokenHash);
  if (claim === null) return false;
  if (claim.user === null) return true;
  const { name, email: address } = claim.user;
  try {
    const words = resetMail({ name, link: resetLink(token) });
    await sendMail({ id: `${claim.id}.${claim.attempts}`, to: { name, address }, ...words });
  } catch (error) {
    report(error);
    const wait = secondsUntilRetry(claim.attempts);
    await settleRequest(claim, wait === null ? null : new Date(now.getTime() + wait * 1_000));
    return true;
  }
  await settleRequest(claim, null);
  return true;
}
