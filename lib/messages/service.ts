import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { read } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { findMessages } from "@/lib/messages/data";
import type { Message } from "@/lib/messages/schema";

/** The outbox: what was sent, and what waits or could not be sent. */
export async function listMessages(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Message>> {
  authorize(ctx, "message:read");
  return await read(ctx, (db) => findMessages(db, ctx, page));
}
