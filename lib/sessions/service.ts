import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { read } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import { endSessions, findSessions } from "@/lib/sessions/data";
import type { Session } from "@/lib/sessions/schema";

type SessionCtx = Ctx & { readonly sessionId: string };

/** Where the actor is signed in. */
export async function listSessions(ctx: SessionCtx): Promise<Page<Session>> {
  authorize(ctx, "session:own");
  return { data: await read(ctx, (db) => findSessions(db, ctx)), nextCursor: null };
}

export async function endSession(ctx: SessionCtx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "session:own");
  authorizeFresh(ctx);
  const count = await read(ctx, (db) => endSessions(db, ctx, id));
  required(count > 0 ? count : null);
}

/** Ends every other session of the actor. */
export async function endOtherSessions(ctx: SessionCtx): Promise<void> {
  authorize(ctx, "session:own");
  authorizeFresh(ctx);
  await read(ctx, (db) => endSessions(db, ctx, null));
}
