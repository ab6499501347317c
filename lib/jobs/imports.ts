import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCtx } from "@/lib/auth/data";
import { claimImport, releaseImport, renewLease } from "@/lib/imports/claim-data";
import { cleanUpImport, giveUpOnImport, workOnImport } from "@/lib/imports/work";

const ATTEMPTS_MAX = 3;
const HEARTBEAT_MS = 5_000;

/**
 * Takes the import that waits longest, of whatever organization, and does what it waits for.
 *
 * @param report told of failures, which are tried again
 * @returns whether there was one
 */
export async function workOnNextImport(report: (error: unknown) => void): Promise<boolean> {
  const claim = await claimImport(new Date());
  if (claim === null) return false;
  const found = await findCtx({ userId: claim.userId, organizationId: claim.organizationId }, new Date());
  if (!found) return false;
  const ctx: Ctx = { ...found, requestId: `import-${claim.id}` };
  const heartbeat = setInterval(() => void renewLease(claim, new Date()).catch(report), HEARTBEAT_MS);
  try {
    await workOnImport(ctx, claim.id);
    await cleanUpImport(ctx, claim.id);
  } catch (error) {
    report(error);
    if (claim.attempts >= ATTEMPTS_MAX) await giveUpOnImport(ctx, claim.id).catch(report);
  } finally {
    clearInterval(heartbeat);
    await releaseImport(ctx, claim.id);
  }
  return true;
}
