/** Absolute life of a session; nothing makes it longer. */
export const SESSION_SECONDS = 7 * 24 * 3600;
/** A session that is not used for this long is over. */
export const IDLE_SECONDS = 12 * 3600;
/** How long a proof of who somebody is counts for what must not be left to an unlocked laptop. */
export const FRESH_SECONDS = 3600;

type Life = { readonly lastSeenAt: Date; readonly expiresAt: Date };

const passed = (since: Date, seconds: number, now: Date): boolean =>
  since.getTime() + seconds * 1_000 <= now.getTime();

/** Whether a session has come to its end, by its age or because it was left alone. */
export function isOver({ lastSeenAt, expiresAt }: Life, now: Date): boolean {
  return expiresAt <= now || passed(lastSeenAt, IDLE_SECONDS, now);
}

/** When a session that begins now ends at the latest. */
export const endOf = (now: Date): Date => new Date(now.getTime() + SESSION_SECONDS * 1_000);

/** Whether somebody proved who they are a short time ago. */
export const isFresh = (provenAt: Date, now: Date): boolean => !passed(provenAt, FRESH_SECONDS, now);
