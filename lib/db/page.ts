import "server-only";

import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";

type Keyed = { readonly id: string };

/**
 * The keyset of a list that is ordered by its ids (which grow in the order of entry), for Prisma's `where` and `take`.
 * One row more than the page is asked for, which says whether there is a next page.
 */
export function pageById(
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  direction: "asc" | "desc" = "asc",
) {
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) {
    throw wrongCursor();
  }
  const after = direction === "asc" ? { gt: cursor } : { lt: cursor };
  return { where: cursor ? { id: after } : {}, orderBy: { id: direction }, take: limit + 1 };
}

export const wrongCursor = (): DomainError =>
  new DomainError("invalid_input", "This cursor is not one of ours.", {
    fields: { cursor: "Use the nextCursor of the page before." },
  });

/** Cuts the extra row off and says where the next page begins. */
export function toPage<T extends Keyed>(rows: readonly T[], limit: number): Page<T> {
  const data = rows.slice(0, limit);
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}

/** Where a page begins in a list that is worked out anew each time, so that no key of a row says its place. */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^[1-9]\d{0,5}$/.test(cursor)) throw wrongCursor();
  return Number(cursor);
}

/** Where the page after begins in it; null after the last. */
export const nextOffset = (page: { start: number; limit: number; length: number }): string | null =>
  page.start + page.limit < page.length ? String(page.start + page.limit) : null;
