import "server-only";

import { vacuum } from "@/lib/db/copy-in";
import { removalOrder } from "@/lib/domain/removal-order";
import {
  askRemoval,
  findOtherBooks,
  findRemovedUsers,
  findTables,
  removeLonelyAccount,
  removeOrganization,
  removeRows,
} from "@/lib/removal/data";

/** From so many rows on, looking past what was removed costs more than clearing it away. */
const ROWS_TO_CLEAR = 10_000;

/**
 * Removes an organization that was asked to go: its rows, table by table; then the accounts of whoever belongs to no other
 * books, with the made-up books that only they have; then itself. Whatever stops it, it can be begun again.
 *
 * @returns how many rows went
 */
export async function finishRemoval(organizationId: string): Promise<number> {
  const { tables, references } = await findTables();
  let removed = 0;
  for (const table of removalOrder(tables, references)) {
    const rows = await removeRows({ organizationId }, table);
    removed += rows;
    // Each row of a table that it refers to is looked for among them, and they lie there until they are cleared away.
    if (rows >= ROWS_TO_CLEAR) await vacuum(table);
  }
  for (const userId of await findRemovedUsers({ organizationId })) removed += await letGo(userId);
  await removeOrganization({ organizationId });
  return removed;
}

async function letGo(userId: string): Promise<number> {
  const books = await findOtherBooks(userId);
  let removed = 0;
  if (books.every(({ ownDemo }) => ownDemo)) {
    for (const { organizationId, name } of books) {
      if (await askRemoval({ organizationId }, name)) removed += await finishRemoval(organizationId);
    }
  }
  await removeLonelyAccount(userId);
  return removed;
}
