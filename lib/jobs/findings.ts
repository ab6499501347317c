import "server-only";

import { findOrganizations } from "@/lib/audit/data";
import { findCtx, findSystemCtx } from "@/lib/auth/data";
import { read } from "@/lib/db/client";
import { refreshFindings } from "@/lib/findings/refresh";
import { findOwnerIds } from "@/lib/users/data";

/**
 * Asks the rules in every organization, so that what is gone is gone and what is new has an owner before anybody looks.
 *
 * @param report told of an organization in which it failed; the others are asked nonetheless
 */
export async function findMisuseEverywhere(now: Date, report: (error: unknown) => void): Promise<void> {
  for (const { id } of await findOrganizations()) await findMisuseIn(id, now).catch(report);
}

async function findMisuseIn(organizationId: string, now: Date): Promise<void> {
  const system = await findSystemCtx(organizationId, now);
  const [userId] = await read(system, (db) => findOwnerIds(db, system));
  const owner = userId === undefined ? null : await findCtx({ userId, organizationId }, now);
  if (owner) await refreshFindings(owner);
}
