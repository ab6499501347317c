import "server-only";

import { findOrganizations } from "@/lib/audit/data";
import type { Verification } from "@/lib/audit/schema";
import { keepPresentHead, verifyTrail } from "@/lib/audit/verify";

export type VerifiedTrail = Verification & { readonly organization: string };

/** Verifies the trail of every organization, and keeps the head of those that are whole. */
export async function verifyByCommand(now: Date): Promise<VerifiedTrail[]> {
  const trails: VerifiedTrail[] = [];
  for (const { id, name } of await findOrganizations()) {
    const verification = await verifyTrail(id, now);
    if (verification.faults.length === 0) await keepPresentHead(id, now);
    trails.push({ organization: name, ...verification });
  }
  return trails;
}
