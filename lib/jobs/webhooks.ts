import "server-only";

import { findSystemCtx } from "@/lib/auth/data";
import { secondsUntilRetry, WEBHOOK_FAILURES_MAX } from "@/lib/domain/delivery";
import { DomainError } from "@/lib/domain/errors";
import { askOutside } from "@/lib/net/ask";
import {
  claimDelivery,
  type DeliveryClaim,
  type Failure,
  giveUp,
  markDelivered,
  markToRetry,
} from "@/lib/webhooks/claim-data";
import { signedDelivery } from "@/lib/webhooks/delivering";
import { switchOff } from "@/lib/webhooks/switching";

/**
 * Delivers what is due longest to its webhook, of whatever organization: at least once, with an id by which a receiver
 * knows what came before.
 *
 * @param report told of failures, which are tried again a few times
 * @param answerMsMax how long an answer may take
 * @returns whether there was something
 */
export async function sendNextDelivery(
  report: (error: unknown) => void,
  now = new Date(),
  answerMsMax?: number,
): Promise<boolean> {
  const claim = await claimDelivery(now);
  if (claim === null) return false;
  const outcome = await deliver(claim, now, answerMsMax);
  if ("lastError" in outcome) {
    report(new Error(`a webhook was not reached: ${outcome.lastError}`));
    await fail(claim, outcome, now);
  } else await markDelivered(claim, now, outcome.status);
  return true;
}

/** Only an answer of success counts: whoever leads elsewhere was not reached. */
async function deliver(
  claim: DeliveryClaim,
  now: Date,
  answerMsMax?: number,
): Promise<Failure | { readonly status: number }> {
  try {
    const { status } = await askOutside(signedDelivery(claim, now), answerMsMax);
    if (status >= 200 && status < 300) return { status };
    return { lastStatus: status, lastError: `It answered ${status}.` };
  } catch (error) {
    return { lastStatus: null, lastError: wordsOf(error).slice(0, 300) };
  }
}

function wordsOf(error: unknown): string {
  // What was allowed once may be allowed no more.
  if (error instanceof DomainError) return error.details.fields?.url ?? error.message;
  return error instanceof Error ? error.message : "It failed.";
}

async function fail(claim: DeliveryClaim, failure: Failure, now: Date): Promise<void> {
  const wait = secondsUntilRetry(claim.attempts);
  if (wait !== null) return await markToRetry(claim, failure, new Date(now.getTime() + wait * 1_000));
  const ctx = await findSystemCtx(claim.organizationId, now);
  await giveUp(claim, failure, async (db, failures) => {
    if (failures >= WEBHOOK_FAILURES_MAX) await switchOff(db, ctx, claim.webhookId, failure.lastError);
  });
}
