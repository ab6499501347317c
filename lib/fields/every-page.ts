import type { Page } from "@/lib/fields/schema";

/** The largest page that a list gives. */
const ROWS_MAX = 200;
/** Ten thousand rows: what a person chooses from is never longer. */
const PAGES_MAX = 50;

export type PageRequest = { readonly limit: number; readonly cursor?: string };

/** A whole list, page after page, for choosing from and for lists that people keep short. */
export async function everyPage<T>(load: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const { data, nextCursor }: Page<T> = await load({ limit: ROWS_MAX, ...(cursor !== null && { cursor }) });
    rows.push(...data);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return rows;
}

/** The query string of a page of a list. */
export function pageParams({ limit, cursor }: PageRequest): string {
  return new URLSearchParams({ limit: String(limit), ...(cursor !== undefined && { cursor }) }).toString();
}
