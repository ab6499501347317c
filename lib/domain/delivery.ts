/** How often a message is tried before it is given up. */
export const DELIVERY_ATTEMPTS_MAX = 5;

/** A message of so long ago is no news any more, so it is not sent when sending becomes possible. */
export const NEWS_SECONDS = 3 * 86_400;

const FIRST_WAIT_SECONDS = 60;

/** How long to wait after an attempt that failed: a minute, then five times as long each time; null: not again. */
export function secondsUntilRetry(attempts: number): number | null {
  if (attempts >= DELIVERY_ATTEMPTS_MAX) return null;
  return FIRST_WAIT_SECONDS * 5 ** Math.max(0, attempts - 1);
}

/** So many given up in a row, and a webhook is switched off. */
export const WEBHOOK_FAILURES_MAX = 3;
