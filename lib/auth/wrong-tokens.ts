import "server-only";

import { createHash } from "node:crypto";
import { newId } from "@/lib/db/id";
import { DomainError } from "@/lib/domain/errors";
import { WINDOW_MS } from "@/lib/domain/sign-in-throttle";
import { findFailures, insertAttempt } from "@/lib/sign-in/data";
import { networkOf } from "@/lib/sign-in/throttle";

/** Nobody guesses 256 bits; whoever still tries, or has forgotten an old program somewhere, is slowed down. */
const WRONG_MAX = 50;

/**
 * Counts a wrong token for the address that it came from. A right one always works, so that nobody shuts a program out
 * that shares its address with others.
 *
 * @throws DomainError `too_many_attempts`
 */
export async function assertFewWrongTokens(token: string, headers: Headers, now: Date): Promise<void> {
  const attempt = {
    accountKey: hashOf(`token\n${token}`),
    addressKey: hashOf(`token address\n${networkOf(headers)}`),
  };
  const { address } = await findFailures(attempt, newId(), now);
  const blocking = address.at(-WRONG_MAX);
  if (blocking === undefined) {
    await insertAttempt(attempt, now);
    return;
  }
  const freeAt = blocking + WINDOW_MS;
  throw new DomainError("too_many_attempts", "Too many wrong tokens. Wait a little, then try again.", {
    retryAfterSeconds: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1_000)),
  });
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
