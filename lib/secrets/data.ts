import "server-only";

import { recordAudit } from "@/lib/db/audit";
import { type Db, lockBooks, transact } from "@/lib/db/client";
import type { SealedColumn } from "@/lib/secrets/schema";

type Kept = { readonly id: string; readonly sealed: string };
/** The same secret under the newest key; null when it is already. */
type Reseal = (kept: Kept, table: string) => string | null;
type Moment = { readonly now: Date; readonly requestId: string };

/**
 * Seals everything of an organization anew, all or nothing, and leaves a trace of it.
 *
 * @returns how many secrets there were to seal
 */
export function resealOrganization(
  organizationId: string,
  { columns, reseal }: { readonly columns: readonly SealedColumn[]; readonly reseal: Reseal },
  { now, requestId }: Moment,
): Promise<number> {
  return transact({ organizationId }, async (db) => {
    await lockBooks(db, organizationId);
    let count = 0;
    for (const column of columns) count += await resealColumn(db, column, organizationId, reseal);
    if (count > 0) {
      await recordAudit(
        db,
        { organization: { id: organizationId }, actor: { userId: null }, now, requestId },
        { action: "secret.reseal", targetType: "organization", targetId: organizationId, after: { count } },
      );
    }
    return count;
  });
}

/** The same for a table whose rows belong to no organization. */
export function resealTable(column: SealedColumn, reseal: Reseal): Promise<number> {
  return transact({}, (db) => resealColumn(db, column, null, reseal));
}

/** The names come from the list of sealed columns alone. */
async function resealColumn(
  db: Db,
  { table, column, of }: SealedColumn,
  organizationId: string | null,
  reseal: Reseal,
): Promise<number> {
  const ours = of === "organization" ? "organization_id = $1::uuid" : "$1::uuid IS NULL";
  const rows = await db.$queryRawUnsafe<Kept[]>(
    `SELECT id::text, "${column}" AS sealed FROM "${table}" WHERE "${column}" IS NOT NULL AND ${ours} FOR UPDATE`,
    organizationId,
  );
  let count = 0;
  for (const row of rows) {
    const sealed = reseal(row, table);
    if (sealed === null) continue;
    const change = `UPDATE "${table}" SET "${column}" = $2 WHERE id = $3::uuid AND ${ours}`;
    await db.$executeRawUnsafe(change, organizationId, sealed, row.id);
    count++;
  }
  return count;
}
