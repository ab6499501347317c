import "server-only";

import { type Belonging, findCtx } from "@/lib/auth/data";
import { type PendingLinkCookie, pendingLink } from "@/lib/auth/link";
import { recordAudit } from "@/lib/db/audit";
import { type Db, enter, lockBooks } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { connectIdentity } from "@/lib/single-sign-on/arrival";
import type { ServedDomain } from "@/lib/single-sign-on/data";

/** Whom a provider sent to this browser a moment ago, if they are to be connected with this address. */
export async function linkFor(email: string, headers: Headers): Promise<PendingLinkCookie | null> {
  const link = await pendingLink(headers);
  return link?.email === email ? link : null;
}

type Tried = { readonly userId: string | null; readonly withdraw: () => Promise<void> };

/**
 * Where a provider is the only way in, an owner's password still opens the door, so that a provider that is down or set
 * up wrongly can be mended. Whoever has no right password is told the same as everybody else there.
 *
 * @returns whether the trail has to tell of it; false for somebody whom the rule is not about
 * @throws DomainError `single_sign_on_required`
 */
export async function mayBreakGlass(
  { organizationId, name }: ServedDomain,
  { userId, withdraw }: Tried,
  belongings: readonly Belonging[],
  now: Date,
): Promise<boolean> {
  if (userId !== null) {
    if (!belongings.some((belonging) => belonging.organizationId === organizationId)) return false;
    const ctx = await findCtx({ userId, organizationId }, now);
    if (ctx?.actor.roles.includes("owner")) return true;
    await withdraw();
  }
  throw new DomainError("single_sign_on_required", `Sign in through ${name}.`);
}

type By = { readonly userId: string; readonly now: Date; readonly requestId: string };

export async function traceBrokenGlass(
  db: Db,
  { organizationId, connectionId }: ServedDomain,
  { userId, now, requestId }: By,
): Promise<void> {
  await enter(db, { organizationId });
  await lockBooks(db, organizationId);
  await recordAudit(
    db,
    { organization: { id: organizationId }, actor: { userId }, now, requestId },
    { action: "user.break_glass", targetType: "user", targetId: userId, after: { connectionId } },
  );
}

export async function connectAccount(db: Db, link: PendingLinkCookie, by: By): Promise<void> {
  await enter(db, { organizationId: link.organizationId });
  await connectIdentity(db, link, by);
}
