import "server-only";

import { findRemovals } from "@/lib/removal/data";
import { finishRemoval } from "@/lib/removal/finishing";

/**
 * Removes the rows of the organization that was asked to go the longest ago.
 *
 * @param tell told of what went, by its id alone
 * @returns whether there was one
 */
export async function removeNextOrganization(
  tell: (removed: { readonly organizationId: string; readonly rows: number }) => void,
): Promise<boolean> {
  const [organizationId] = await findRemovals();
  if (organizationId === undefined) return false;
  const rows = await finishRemoval(organizationId);
  tell({ organizationId, rows });
  return true;
}
