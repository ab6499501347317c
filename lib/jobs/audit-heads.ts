import "server-only";

import { findOrganizations } from "@/lib/audit/data";
import { keepsHeads } from "@/lib/audit/kept-heads-data";
import { keepPresentHead } from "@/lib/audit/verify";

/**
 * Keeps the head of every trail outside the database.
 *
 * @param report told of trails that no longer hold what was kept of them
 */
export async function keepAuditHeads(now: Date, report: (error: unknown) => void): Promise<void> {
  if (!keepsHeads()) return;
  for (const { id, name } of await findOrganizations()) {
    if (await keepPresentHead(id, now)) continue;
    report(`the audit trail of ${name} no longer holds what was kept of it; run npm run admin audit verify`);
  }
}
