import "server-only";

import { randomUUID } from "node:crypto";

import { findOrganizations } from "@/lib/audit/data";
import { resealOrganization, resealTable } from "@/lib/secrets/data";
import type { SealedColumn } from "@/lib/secrets/schema";
import { isSealedByNewest, openSecret, sealSecret } from "@/lib/secrets/seal";
import { SEALED_COLUMNS } from "@/lib/secrets/sealed-columns";

/**
 * Seals every secret that another key than the newest sealed with the newest. It may be killed at any moment and run
 * again: each secret is under one key or the other, and both open until the older one is taken away.
 *
 * @returns how many secrets there were to seal
 */
export async function resealEverything(
  now: Date,
  columns: readonly SealedColumn[] = SEALED_COLUMNS,
): Promise<number> {
  const moment = { now, requestId: randomUUID() };
  let count = 0;
  for (const { id: organizationId } of await findOrganizations()) {
    const ours = columns.filter(({ of }) => of === "organization");
    count += await resealOrganization(
      organizationId,
      { columns: ours, reseal: resealIn(organizationId) },
      moment,
    );
  }
  for (const column of columns.filter(({ of }) => of === "nobody")) {
    count += await resealTable(column, resealIn(null));
  }
  return count;
}

const resealIn =
  (organizationId: string | null) =>
  ({ id, sealed }: { readonly id: string; readonly sealed: string }, table: string): string | null => {
    if (isSealedByNewest(sealed)) return null;
    const place = { organizationId, table, id };
    return sealSecret(place, openSecret(place, sealed));
  };
