import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/prisma/generated/client";

type Scope = Pick<Ctx, "organization">;

const CHUNK_ROWS = 2_000;

/** Keeps facts that were read, in their order, until their commit. */
export async function insertStagedFacts(
  db: Db,
  { organization: { id: organizationId } }: Scope,
  importId: string,
  facts: readonly object[],
): Promise<void> {
  const rows = facts.map((fact, position) => ({
    organizationId,
    importId,
    position,
    fact: fact as Prisma.InputJsonObject,
  }));
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    await db.stagedFact.createMany({ data: rows.slice(start, start + CHUNK_ROWS) });
  }
}

export async function findStagedFacts(
  db: Db,
  { organization: { id: organizationId } }: Scope,
  importId: string,
): Promise<unknown[]> {
  const rows = await db.stagedFact.findMany({
    where: { organizationId, importId },
    orderBy: { position: "asc" },
    select: { fact: true },
  });
  return rows.map(({ fact }) => fact);
}
