import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { findIdentity, renewSession } from "@/lib/auth/data";
import type { PendingProof } from "@/lib/auth/proof";
import { transact } from "@/lib/db/client";
import { notFound } from "@/lib/db/version";
import { provedSince } from "@/lib/domain/sign-in-provider";
import type { Arrival } from "@/lib/single-sign-on/arrival";
import {
  findIdentityUser,
  findOpenConnection,
  type OpenConnection,
  touchConnection,
} from "@/lib/single-sign-on/data";

type SessionCtx = Ctx & { readonly sessionId: string };

/** The provider at which the actor of this session can prove once more who they are; GitHub asks nobody again. */
export async function findProvingConnection({ via }: Ctx): Promise<OpenConnection | null> {
  if (via.kind !== "session" || via.connectionId === null) return null;
  const connection = await findOpenConnection(via.connectionId);
  return connection?.kind === "github" ? null : connection;
}

/**
 * Notes that the actor goes to their provider to prove once more who they are.
 *
 * @throws DomainError `not_found`, where no provider can
 */
export async function beginProof(ctx: SessionCtx): Promise<PendingProof> {
  authorize(ctx, "session:own");
  const connection = await findProvingConnection(ctx);
  if (!connection) throw notFound();
  const begun = Math.floor(ctx.now.getTime() / 1_000);
  return { sessionId: ctx.sessionId, connectionId: connection.id, begun };
}

/** What becomes of the session of somebody whom their provider sent back with these claims, which were checked. */
export async function proveThrough(
  connection: OpenConnection,
  claims: Readonly<Record<string, unknown>>,
  { sessionId, begun }: PendingProof,
  now: Date,
): Promise<Arrival> {
  const { issuer, organizationId } = connection;
  const subject = typeof claims.sub === "string" ? claims.sub : "";
  if (claims.iss !== issuer || subject === "" || subject.length > 255)
    return { kind: "refused", why: "provider" };
  if (!provedSince(claims.auth_time, begun)) return { kind: "refused", why: "not_fresh" };
  const identity = await findIdentity(sessionId, now);
  const renewed = await transact({ organizationId }, async (db) => {
    const userId = await findIdentityUser(db, connection, { issuer, subject }, now);
    if (!identity || identity.connectionId !== connection.id || identity.user.id !== userId) return null;
    await touchConnection(db, connection, now);
    return await renewSession(db, sessionId, { provenAt: now });
  });
  return renewed === null
    ? { kind: "refused", why: "other_person" }
    : { kind: "session", sessionId: renewed };
}
