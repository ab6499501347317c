import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCtx } from "@/lib/auth/data";
import { can } from "@/lib/domain/permission";
import { type Claim, claimImport, releaseImport, renewLease, sendBack } from "@/lib/imports/claim-data";
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
  let renewal = Promise.resolve();
  const heartbeat = setInterval(() => {
    renewal = renewLease(claim, new Date()).catch(report);
  }, HEARTBEAT_MS);
  try {
    await work(claim, report);
  } finally {
    clearInterval(heartbeat);
    await renewal;
    await releaseImport(claim);
  }
  return true;
}

async function work(claim: Claim, report: (error: unknown) => void): Promise<void> {
  const found = await findCtx({ userId: claim.userId, organizationId: claim.organizationId }, new Date());
  if (!found || !can(found.actor.roles, "import:use")) {
    await sendBack(claim, "Whoever asked for this may not import files any more. Ask for it again.");
    return;
  }
  const ctx: Ctx = { ...found, requestId: `import-${claim.id}` };
  try {
    await workOnImport(ctx, claim.id);
    await cleanUpImport(ctx, claim.id);
  } catch (error) {
    report(error);
    if (claim.attempts >= ATTEMPTS_MAX) await giveUpOnImport(ctx, claim.id).catch(report);
  }
}
