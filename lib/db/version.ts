import "server-only";

import { DomainError } from "@/lib/domain/errors";

/**
 * After an UPDATE that named the version that was read: whether it found the row, and if not, why.
 *
 * @param count rows that the update changed
 * @param exists whether the row is there at all
 * @throws DomainError `not_found`, `stale_version`
 */
export async function assertUpdated(count: number, exists: () => Promise<unknown>): Promise<void> {
  if (count > 0) return;
  if (!(await exists())) throw notFound();
  throw new DomainError(
    "stale_version",
    "Somebody changed this in the meantime. Look at it again, then repeat your change.",
  );
}

export const notFound = (): DomainError =>
  new DomainError("not_found", "There is no such thing, or it is not yours.");

/** The row, or a refusal that does not tell whether it is missing or somebody else's. */
export function required<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw notFound();
  return row;
}
