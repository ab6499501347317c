/** Wrong tries that are let through within the window; the next one waits. */
export const FREE_FAILURES = 10;
/** How long a wrong try counts against those that are free. */
export const WINDOW_MS = 15 * 60_000;
/** How long wrong tries make each further one wait longer. */
export const MEMORY_MS = 24 * 3_600_000;

const FIRST_WAIT_MS = 60_000;
/** Nobody is ever kept out for longer than this, so that somebody else's guessing is no lockout. */
const WAIT_MS_MAX = 3_600_000;

/**
 * When the next try may be made. At most `free` within the window; and whoever went on failing after that waits twice
 * as long after each, up to an hour.
 *
 * @param failures when the wrong tries of the last day happened, in milliseconds, oldest first
 * @returns in milliseconds; 0 when nothing has to be waited for
 */
export function nextTryAt(failures: readonly number[], free = FREE_FAILURES): number {
  const last = failures.at(-1);
  const leaving = failures.at(-free);
  if (last === undefined || leaving === undefined || failures.length < free) return 0;
  const wait = Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** Math.min(failures.length - free, 30));
  return Math.max(leaving + WINDOW_MS, last + wait);
}

const OFFICE_FREE_FAILURES_MAX = 200;

/** A network from which many people sign in mistypes more: as many again for each of them, within a limit. */
export function freeFailuresOf(peopleSignedIn: number): number {
  return Math.min(OFFICE_FREE_FAILURES_MAX, FREE_FAILURES * (1 + peopleSignedIn));
}
