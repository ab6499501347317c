import "server-only";

import { findCtx, findUser } from "@/lib/auth/data";
import { secondsUntilRetry } from "@/lib/domain/delivery";
import { can, type Permission } from "@/lib/domain/permission";
import { claimMessage, type MessageClaim, markFailed, markSent } from "@/lib/messages/claim-data";
import { sendMail, sendsMail } from "@/lib/messages/mail";

/**
 * Sends the message that is due longest, of whatever organization. Without a mail server they all stay in the outbox.
 *
 * @param report told of failures, which are tried again a few times
 * @returns whether there was one
 */
export async function sendNextMessage(report: (error: unknown) => void, now = new Date()): Promise<boolean> {
  if (!sendsMail()) return false;
  const claim = await claimMessage(now);
  if (claim === null) return false;
  const { id, userId, subject, text } = claim;
  if (!(await maySee(claim, now))) {
    await markFailed(claim, "They may not know of it any more.", null);
    return true;
  }
  try {
    const { name, email: address } = await findUser(userId);
    await sendMail({ id, to: { name, address }, subject, text });
  } catch (error) {
    report(error);
    const wait = secondsUntilRetry(claim.attempts);
    const dueAt = wait === null ? null : new Date(now.getTime() + wait * 1_000);
    await markFailed(claim, error instanceof Error ? error.message.slice(0, 300) : "It failed.", dueAt);
    return true;
  }
  await markSent(claim, now);
  return true;
}

/** What one must be allowed to be told of a thing. */
const NEEDED: Readonly<Record<string, Permission>> = { webhook: "webhook:use", reminder: "invoice:enter" };

/** Who lost their access since the message was written is not told any more. */
async function maySee({ kind, userId, organizationId }: MessageClaim, now: Date): Promise<boolean> {
  const ctx = await findCtx({ userId, organizationId }, now);
  return ctx !== null && can(ctx.actor.roles, NEEDED[kind] ?? "budget:read");
}
