import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { findBelongings } from "@/lib/auth/data";
import { DomainError } from "@/lib/domain/errors";
import { askRemoval } from "@/lib/removal/data";
import type { RemovalInput, Removed } from "@/lib/removal/schema";
import { switchOrganization } from "@/lib/sign-in/service";

type SessionCtx = Ctx & { readonly sessionId: string };

/**
 * Removes the organization with everything in it, for good: nobody gets in from now on, and a worker removes the rows. Who
 * asked goes on in other books of theirs, or is signed out.
 *
 * @throws DomainError `invalid_input`, when the name is another
 */
export async function askForRemoval(
  ctx: SessionCtx,
  { name }: RemovalInput,
): Promise<Removed & { readonly sessionId: string | null }> {
  authorize(ctx, "organization:remove");
  authorizeFresh(ctx);
  if (name !== ctx.organization.name) throw anotherName();
  const home = await goHome(ctx);
  if (!(await askRemoval({ organizationId: ctx.organization.id }, name))) throw anotherName();
  return home ?? { organization: null, sessionId: null };
}

function anotherName(): DomainError {
  const message = "This is not the organization's name. Type it as it is.";
  return new DomainError("invalid_input", message, { fields: { name: message } });
}

/** Other books that are real; made-up ones alone go with the account. */
async function goHome(ctx: SessionCtx): Promise<(Removed & { readonly sessionId: string }) | null> {
  const belongings = await findBelongings(ctx.actor.userId, ctx.now);
  for (const { organizationId, demo } of belongings) {
    if (demo || organizationId === ctx.organization.id) continue;
    try {
      return await switchOrganization(ctx, organizationId);
    } catch (error) {
      // Their provider is not trusted there; they sign in by themselves.
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return null;
}
