import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { findIdentities, getIdentity, removeMatches, saveMatch } from "@/lib/identities/data";
import { repostIdentities } from "@/lib/identities/repost";
import type { Identity, IdentityFilter, MatchInput } from "@/lib/identities/schema";
import { assertNotMerged } from "@/lib/members/data";

/** The names that providers' files brought, and whom they mean. */
export async function listIdentities(ctx: Ctx, filter: IdentityFilter): Promise<Page<Identity>> {
  authorize(ctx, "identity:match");
  return await read(ctx, (db) => findIdentities(db, ctx, filter));
}

/** From a day on, the name means this member or account; its use is counted and posted anew. */
export async function matchIdentity(ctx: Ctx, input: MatchInput): Promise<Identity> {
  authorize(ctx, "identity:match");
  return await write(ctx, async (db) => {
    await getIdentity(db, ctx, input.id);
    await assertNotMerged(db, ctx, [input.memberId]);
    await saveMatch(db, ctx, input);
    await repostIdentities(db, ctx, [input.id]);
    const { id, ...after } = input;
    await recordAudit(db, ctx, { action: "identity.match", targetType: "identity", targetId: id, after });
    return await getIdentity(db, ctx, id);
  });
}

/** The name means nobody again; its use is unclassified. */
export async function unmatchIdentity(ctx: Ctx, { id }: { id: string }): Promise<Identity> {
  authorize(ctx, "identity:match");
  return await write(ctx, async (db) => {
    await getIdentity(db, ctx, id);
    await removeMatches(db, ctx, id);
    await repostIdentities(db, ctx, [id]);
    await recordAudit(db, ctx, { action: "identity.unmatch", targetType: "identity", targetId: id });
    return await getIdentity(db, ctx, id);
  });
}
