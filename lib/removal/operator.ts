import "server-only";

import { askRemoval, findByName } from "@/lib/removal/data";
import { finishRemoval } from "@/lib/removal/finishing";

/** What there is to be removed by a name, for whoever runs the server to choose by its id. */
export async function findToRemove(name: string): Promise<readonly string[]> {
  return (await findByName(name)).map(({ id }) => id);
}

/**
 * Removes an organization by the command line, all of it before it returns.
 *
 * @returns how many rows went; null, when there is none of that name and id
 */
export async function removeByCommand(name: string, organizationId: string): Promise<number | null> {
  if (!(await findToRemove(name)).includes(organizationId)) return null;
  if (!(await askRemoval({ organizationId }, name))) return null;
  return await finishRemoval(organizationId);
}
